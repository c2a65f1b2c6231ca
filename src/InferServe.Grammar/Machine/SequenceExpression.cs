namespace InferServe.Grammar.Machine;

/// <summary>One part after the other.</summary>
internal sealed class SequenceExpression : Expression
{
    private readonly Expression[] _parts;
    private readonly PartFrame?[] _frames;

    public SequenceExpression(params Expression[] parts)
    {
        _parts = parts;
        _frames = new PartFrame?[parts.Length];
        for (var next = 1; next < parts.Length; next++)
        {
            _frames[next] = new PartFrame(this, next);
        }
    }

    public override IEnumerable<Expression> Parts => _parts;

    public override IEnumerable<Expression> Beginnings
    {
        get
        {
            foreach (var part in _parts)
            {
                yield return part;
                if (!part.IsNullable)
                {
                    yield break;
                }
            }
        }
    }

    public override int ComputeMinDepth() => _parts.Length == 0 ? 0 : OneDeeper(_parts.Max(part => part.MinDepth));

    public override bool ComputeIsNullable() => _parts.All(part => part.IsNullable);

    public override void Enter(Continuation continuation, StateBuilder builder)
    {
        if (_parts.Length == 0)
        {
            builder.Return(continuation);
        }
        else if (IsProductive)
        {
            EnterPart(0, continuation, builder);
        }
    }

    private void EnterPart(int index, Continuation continuation, StateBuilder builder)
    {
        // The last part returns to what comes after the whole: right recursion needs no stack.
        var after = index == _parts.Length - 1 ? continuation : builder.Push(_frames[index + 1]!, continuation);
        builder.Enter(_parts[index], after);
    }

    private sealed class PartFrame(SequenceExpression sequence, int next) : Frame
    {
        public override void Resume(Continuation parent, StateBuilder builder) => sequence.EnterPart(next, parent, builder);
    }
}
