using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Json;

/// <summary>An object with some of its members: the frame that waits for the next comma or the end.</summary>
internal sealed class ObjectProgress : Frame
{
    // Levels of the stack below which a value lies: the object and the member.
    private const int LevelsOfMember = 2;

    private readonly ObjectExpression _expression;
    private readonly BitSet _available;
    private readonly int _deepest;
    private readonly KeyFrame? _keyFrame;
    private readonly bool _canEnd;

    public ObjectProgress(ObjectExpression expression, ObjectMembers members)
    {
        _expression = expression;
        _canEnd = ObjectCompletion.CanEnd(expression, members);
        var missing = expression.Rules.AreIndependent ? ObjectCompletion.Missing(expression, members) : null;
        var any = false;
        for (var index = 0; index < expression.Classes.Count; index++)
        {
            if (IsAvailable(members, index, missing))
            {
                _available = _available.With(index);
                _deepest = Math.Max(_deepest, expression.Classes[index].MinDepth);
                any = true;
            }
        }

        Members = members;
        _keyFrame = any ? new KeyFrame(new KeyTerminal(expression, members, _available)) : null;
    }

    public ObjectMembers Members { get; }

    public override void Resume(Continuation parent, StateBuilder builder)
    {
        var layout = _expression.Layout;
        if (_canEnd)
        {
            builder.Enter(Members.Any ? layout.ObjectClose : layout.EmptyObjectClose, parent);
        }

        if (KeyFrameAt(parent.Depth, builder) is not { } keyFrame)
        {
            return;
        }

        if (Members.Any)
        {
            builder.Enter(layout.Comma, builder.Push(keyFrame, parent));
        }
        else
        {
            keyFrame.Resume(parent, builder);
        }
    }

    /// <summary>Near the stack's bound, only members whose values fit below it.</summary>
    private KeyFrame? KeyFrameAt(int depth, StateBuilder builder)
    {
        if (_keyFrame is null || builder.Fits(depth + LevelsOfMember, _deepest))
        {
            return _keyFrame;
        }

        var fitting = default(BitSet);
        var any = false;
        for (var index = 0; index < _expression.Classes.Count; index++)
        {
            if (_available.Contains(index) && builder.Fits(depth + LevelsOfMember, _expression.Classes[index].MinDepth))
            {
                fitting = fitting.With(index);
                any = true;
            }
        }

        return any ? new KeyFrame(new KeyTerminal(_expression, Members, fitting)) : null;
    }

    private bool IsAvailable(ObjectMembers members, int index, HashSet<int>? missing)
    {
        var member = _expression.Classes[index];
        if (member.IsNamed && members.Seen.Contains(index))
        {
            return false;
        }

        if (_expression.Rules.MaxMembers is { } max && members.Count >= max)
        {
            return false;
        }

        // Where members do not depend on one another, each that is missing keeps its place, and any other takes one of the rest. That the object can
        // be completed at all holds already.
        if (missing is not null)
        {
            return member.IsProductive
                && (_expression.Rules.MaxMembers is not { } most || missing.Contains(index) || members.Count + missing.Count < most);
        }

        return member.Variants.Any(variant =>
            variant.Value.IsProductive && ObjectCompletion.CanComplete(_expression, members.With(_expression, index, variant.Meets)));
    }

    /// <summary>Waits for the white space behind a comma.</summary>
    private sealed class KeyFrame(KeyTerminal key) : Frame
    {
        public override void Resume(Continuation parent, StateBuilder builder) => builder.Enter(key, parent);
    }
}
