namespace InferServe.Tokenization.PostProcessing;

/// <summary>The last step of encoding: the special tokens around a text, and where the text itself stands.</summary>
/// <param name="Parts">The parts in their order: token ids, or null for the text.</param>
internal sealed record SpecialTokenFrame(IReadOnlyList<IReadOnlyList<int>?> Parts)
{
    /// <summary>The text alone.</summary>
    public static SpecialTokenFrame None { get; } = new([null]);

    /// <summary>Whether there are special tokens.</summary>
    public bool HasTokens => Parts.Any(static part => part is not null);

    /// <summary>Puts the tokens of a text into the frame.</summary>
    /// <param name="text">The ids.</param>
    /// <param name="addSpecialTokens">Whether the special tokens are added.</param>
    public int[] Apply(List<int> text, bool addSpecialTokens)
    {
        if (ReferenceEquals(this, None))
        {
            return [.. text];
        }

        var ids = new List<int>(text.Count + Parts.Count);
        foreach (IReadOnlyList<int>? part in Parts)
        {
            if (part is null)
            {
                ids.AddRange(text);
            }
            else if (addSpecialTokens)
            {
                ids.AddRange(part);
            }
        }

        return [.. ids];
    }
}
