namespace InferServe.Tokenization.PostProcessing;

/// <summary>The last step of encoding: the special tokens that stand around a text when they are asked for.</summary>
/// <param name="Before">Ids before the text.</param>
/// <param name="After">Ids after the text.</param>
internal sealed record SpecialTokenFrame(IReadOnlyList<int> Before, IReadOnlyList<int> After)
{
    /// <summary>No tokens.</summary>
    public static SpecialTokenFrame None { get; } = new([], []);

    /// <summary>This frame with another one around it.</summary>
    public SpecialTokenFrame Within(SpecialTokenFrame outer) => new([.. outer.Before, .. Before], [.. After, .. outer.After]);
}
