namespace InferServe.Engine.Speculation;

/// <summary>How much drafting pays for one sequence, as far as its own drafts tell.</summary>
/// <param name="Length">How many tokens the next draft has at most.</param>
/// <param name="Misses">Drafts in a row of which nothing was accepted.</param>
/// <param name="Pause">Steps to go before the next draft.</param>
internal readonly record struct DraftState(int Length, int Misses, int Pause)
{
    /// <summary>The longest draft.</summary>
    public const int Longest = 12;

    /// <summary>The longest pause, in steps.</summary>
    public const int LongestPause = 32;

    private const int FirstLength = 4;
    private const int ShortestLength = 2;

    /// <summary>Before the first draft.</summary>
    public static readonly DraftState Initial = new(FirstLength, 0, 0);

    /// <summary>After a step without a draft.</summary>
    public DraftState AfterPlainStep() => this with { Pause = Math.Max(0, Pause - 1) };

    /// <summary>After a draft: longer when all was right, shorter when not, and a pause that doubles while nothing is.</summary>
    public DraftState AfterDraft(int drafted, int accepted)
    {
        if (accepted == 0)
        {
            int misses = Misses + 1;
            return new DraftState(ShortestLength, misses, Math.Min(LongestPause, 1 << Math.Min(misses, 10)));
        }

        return accepted == drafted
            ? new DraftState(Math.Min(Longest, 2 * Math.Max(Length, drafted)), 0, 0)
            : new DraftState(Math.Clamp(accepted + 1, ShortestLength, Longest), 0, 0);
    }
}
