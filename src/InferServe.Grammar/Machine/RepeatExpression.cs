namespace InferServe.Grammar.Machine;

/// <summary>A part, between <c>min</c> and <c>max</c> times.</summary>
internal sealed class RepeatExpression(Expression part, int min, int? max) : Expression
{
    // Counts that are told apart: up to the upper bound, or up to the lower one when there is no upper bound.
    private readonly Dictionary<int, CountFrame> _frames = [];

    public override IEnumerable<Expression> Parts => [part];

    public override IEnumerable<Expression> Beginnings => [part];

    public override int ComputeMinDepth() => min == 0 ? 0 : OneDeeper(part.MinDepth);

    public override bool ComputeIsNullable() => min == 0 || part.IsNullable;

    public override void Enter(Continuation continuation, StateBuilder builder) => Proceed(0, continuation, builder);

    public override void ClearCaches() => _frames.Clear();

    private void Proceed(int count, Continuation continuation, StateBuilder builder)
    {
        if (count >= min || part.IsNullable)
        {
            builder.Return(continuation);
        }

        if (count == max)
        {
            return;
        }

        var next = Math.Min(count + 1, max ?? Math.Max(min, 1));
        var after = next == max ? continuation : builder.Push(FrameOf(next), continuation);
        builder.Enter(part, after);
    }

    private CountFrame FrameOf(int count)
    {
        if (!_frames.TryGetValue(count, out var frame))
        {
            _frames.Add(count, frame = new CountFrame(this, count));
        }

        return frame;
    }

    private sealed class CountFrame(RepeatExpression repeat, int count) : Frame
    {
        public override void Resume(Continuation parent, StateBuilder builder) => repeat.Proceed(count, parent, builder);
    }
}
