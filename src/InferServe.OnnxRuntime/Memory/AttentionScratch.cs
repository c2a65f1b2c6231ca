namespace InferServe.OnnxRuntime.Memory;

/// <summary>Bounds the scratch memory of GroupQueryAttention on the CPU: rows × query heads × new tokens × capacity × 4 bytes.</summary>
internal static class AttentionScratch
{
    private const long MostBytes = 1L << 30;
    private const int ShortestChunk = 4;

    /// <summary>The most new tokens of a run of one row.</summary>
    public static int LongestChunk(int heads, int capacity) =>
        (int)Math.Clamp(MostBytes / (sizeof(float) * (long)heads * capacity), ShortestChunk, int.MaxValue);
}
