namespace InferServe.Engine.Speculation;

/// <summary>
/// Guesses the next tokens by the latest earlier place where the last few tokens occur (prompt lookup decoding, A. Saxena, 2023): text that
/// quotes or edits its prompt repeats it.
/// </summary>
internal static class PromptLookup
{
    private const int LongestPattern = 3;
    private const int ShortestPattern = 2;

    /// <summary>The guess.</summary>
    /// <param name="tokens">All tokens so far.</param>
    /// <param name="most">The most tokens to guess.</param>
    /// <returns>Where in <paramref name="tokens"/> the guessed tokens stand, and how many there are; 0 when nothing matches.</returns>
    public static (int Start, int Length) Find(ReadOnlySpan<int> tokens, int most)
    {
        for (int length = LongestPattern; length >= ShortestPattern && most > 0; length--)
        {
            if (tokens.Length <= length)
            {
                continue;
            }

            int found = tokens[..^1].LastIndexOf(tokens[^length..]);
            if (found >= 0)
            {
                int start = found + length;
                return (start, Math.Min(most, tokens.Length - start));
            }
        }

        return (0, 0);
    }
}
