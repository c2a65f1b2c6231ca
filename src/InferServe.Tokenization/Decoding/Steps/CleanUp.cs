namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>What decoders for words do to each token when they clean up.</summary>
internal static class CleanUp
{
    private static readonly (string From, string To)[] Replacements =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" do not", " don't"),
        (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    public static string Of(string token)
    {
        foreach ((string from, string to) in Replacements)
        {
            token = token.Replace(from, to, StringComparison.Ordinal);
        }

        return token;
    }
}
