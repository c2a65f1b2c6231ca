namespace InferServe.Engine.Kv;

/// <summary>From bytes to tokens and blocks.</summary>
internal static class KvBudget
{
    /// <summary>Tokens of a block of the prefix cache: few, so that prefixes match closely; enough, so that a copy is worth its call.</summary>
    public const int BlockLength = 16;

    private const int FewestTokens = 2;
    private const int MostBlocks = 1 << 22;

    /// <summary>How many tokens running sequences may hold together.</summary>
    /// <param name="bytes">The budget; null for none.</param>
    /// <param name="bytesPerToken">Bytes of one token.</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="contextLength">Tokens of a row.</param>
    public static long Tokens(long? bytes, long bytesPerToken, int rows, int contextLength)
    {
        long all = (long)rows * contextLength;
        return bytes is { } budget ? Math.Clamp(budget / bytesPerToken, FewestTokens, all) : all;
    }

    /// <summary>How many blocks the prefix cache has.</summary>
    public static int Blocks(long bytes, long bytesPerToken) => (int)Math.Min(MostBlocks, bytes / (bytesPerToken * BlockLength));
}
