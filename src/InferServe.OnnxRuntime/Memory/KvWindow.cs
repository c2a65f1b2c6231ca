namespace InferServe.OnnxRuntime.Memory;

/// <summary>The adjacent rows that one run covers.</summary>
/// <param name="FirstRow">The first row, or <see cref="Stage"/>.</param>
/// <param name="Count">Number of rows.</param>
internal readonly record struct KvWindow(int FirstRow, int Count)
{
    /// <summary>Stands for the one row beside the others in which a device's chunks run where its memory cannot be addressed in parts.</summary>
    public const int Stage = -1;
}
