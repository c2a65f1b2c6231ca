namespace InferServe.Grammar.Machine;

/// <summary>One level of the stack: where an unfinished expression goes on when the part it waits for is complete. Immutable.</summary>
internal abstract class Frame
{
    private static int s_lastId;

    /// <summary>Orders frames within continuations.</summary>
    public int Id { get; } = Interlocked.Increment(ref s_lastId);

    /// <summary>Adds what may be written next.</summary>
    /// <param name="parent">What comes after the unfinished expression itself.</param>
    /// <param name="builder">The state under construction.</param>
    public abstract void Resume(Continuation parent, StateBuilder builder);
}
