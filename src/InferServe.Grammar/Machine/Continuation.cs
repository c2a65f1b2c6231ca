namespace InferServe.Grammar.Machine;

/// <summary>
/// What may come after an expression: a set of stacks that share their tails (a graph-structured stack). Each entry is the top frame of
/// some stacks and what lies below. Immutable; equal ones are the same object.
/// </summary>
internal sealed class Continuation
{
    /// <summary>The whole text may end.</summary>
    public static readonly Continuation End = new(true, []);

    public Continuation(bool canEnd, (Frame Frame, Continuation Below)[] entries)
    {
        CanEnd = canEnd;
        Entries = entries;
        foreach (var (_, below) in entries)
        {
            Depth = Math.Max(Depth, below.Depth + 1);
        }
    }

    /// <summary>Whether one of the stacks is empty.</summary>
    public bool CanEnd { get; }

    /// <summary>Ordered by <see cref="Frame.Id"/>.</summary>
    public (Frame Frame, Continuation Below)[] Entries { get; }

    /// <summary>Levels of the deepest stack.</summary>
    public int Depth { get; }
}
