namespace InferServe.Grammar.Constraints;

/// <summary>Sets the bits of the tokens that end a generation.</summary>
internal static class EndTokens
{
    public static void AddTo(Span<ulong> mask, Vocabulary vocabulary)
    {
        foreach (var token in vocabulary.EndTokens)
        {
            mask[token >> 6] |= 1UL << (token & 63);
        }
    }
}
