namespace InferServe.LoadTests.Planning;

/// <summary>How many tokens the server makes of words, measured by two prompts before the run.</summary>
/// <param name="TokensPerWord">Above 0.</param>
/// <param name="Overhead">Tokens that the chat template adds to one message.</param>
internal sealed record TokenScale(double TokensPerWord, double Overhead)
{
    /// <summary>What is assumed of a server that does not report its prompt tokens.</summary>
    public static TokenScale Assumed { get; } = new(1, 0);

    /// <summary>The line through two measurements; the assumption where they make no sense.</summary>
    public static TokenScale Of(int fewWords, int fewTokens, int manyWords, int manyTokens)
    {
        double slope = (double)(manyTokens - fewTokens) / (manyWords - fewWords);
        return slope > 0 ? new TokenScale(slope, Math.Max(0, fewTokens - (slope * fewWords))) : Assumed;
    }

    /// <summary>Words of a whole prompt of so many tokens, template included; at least 1.</summary>
    public int WordsOfPrompt(int tokens) => WordsOfPart(tokens - Overhead);

    /// <summary>Words of a part of a prompt; at least 1.</summary>
    public int WordsOfPart(double tokens) => Math.Max(1, (int)Math.Round(tokens / TokensPerWord));
}
