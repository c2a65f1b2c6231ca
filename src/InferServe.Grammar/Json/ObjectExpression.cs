using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Json;

/// <summary>
/// A JSON object whose members may come in any order, each at most once where it has a name. Its states are the sets of members seen.
/// </summary>
internal sealed class ObjectExpression : Expression
{
    private readonly Dictionary<ObjectMembers, ObjectProgress> _progress = [];
    private readonly Expression[][] _members;

    public ObjectExpression(KeyAutomaton keys, IReadOnlyList<MemberClass> classes, ObjectRules rules, JsonLayout layout)
    {
        Keys = keys;
        Classes = classes;
        Rules = rules;
        Layout = layout;
        _members = [.. classes.Select(member =>
            member.Variants.Select(variant => (Expression)new SequenceExpression(layout.Colon, variant.Value)).ToArray())];
    }

    public KeyAutomaton Keys { get; }

    public IReadOnlyList<MemberClass> Classes { get; }

    public ObjectRules Rules { get; }

    public JsonLayout Layout { get; }

    public override IEnumerable<Expression> Parts => _members.SelectMany(variants => variants).Append(Layout.ObjectOpen);

    /// <summary>About how many steps it takes to make a state.</summary>
    public int StepsOfState => (Classes.Count / 16 * (Rules.AreIndependent ? 1 : 1 + Rules.Dependents.Count + Rules.Required.Count)) + 1;

    /// <summary>The colon and value of a variant of a class.</summary>
    public Expression Member(int memberClass, int variant) => _members[memberClass][variant];

    public override int ComputeMinDepth()
    {
        // Values count one level for the object and one for the member. The shallowest members fill up what is asked for beside the
        // required ones.
        if (!ObjectCompletion.CanComplete(this, default))
        {
            return Unproductive;
        }

        var required = ObjectCompletion.Missing(this, default);
        var depth = required.Count == 0 ? 0 : required.Max(member => Classes[member].MinDepth);
        var others = Math.Max(Rules.MinMembers - required.Count, Rules.Obligations > 0 ? 1 : 0);
        if (others > 0)
        {
            var depths = Classes.SelectMany((member, index) => required.Contains(index)
                ? []
                : Enumerable.Repeat(member.MinDepth, member.IsNamed ? 1 : others)).Order().ToList();
            depth = Math.Max(depth, depths.ElementAtOrDefault(Math.Min(others, depths.Count) - 1));
        }

        for (var bit = 0; bit < Rules.Obligations; bit++)
        {
            depth = Math.Max(depth, Classes.SelectMany(member => member.Variants)
                .Where(variant => (variant.Meets >> bit & 1) != 0).Select(variant => variant.Value.MinDepth).DefaultIfEmpty(Unproductive).Min());
        }

        return depth >= Unproductive - 2 ? Unproductive : depth + 2;
    }

    public override bool ComputeIsNullable() => false;

    public override void Enter(Continuation continuation, StateBuilder builder)
    {
        if (IsProductive)
        {
            builder.Spend(StepsOfState);
            builder.Enter(Layout.ObjectOpen, builder.Push(ProgressOf(default), continuation));
        }
    }

    public override void ClearCaches() => _progress.Clear();

    public ObjectProgress ProgressOf(ObjectMembers members)
    {
        if (!_progress.TryGetValue(members, out var progress))
        {
            _progress.Add(members, progress = new ObjectProgress(this, members));
        }

        return progress;
    }
}
