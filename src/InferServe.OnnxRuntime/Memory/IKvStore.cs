using InferServe.Engine.Model;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Memory;

/// <summary>
/// The keys and values of every row, in the memory of the host or of a device. For each layer there is a key and a value buffer
/// [rows, heads, capacity, head size]; a view over adjacent rows is bound as the graph's past and its present, so that attention appends in place.
/// </summary>
internal interface IKvStore : IDisposable
{
    /// <summary>Where the buffers are, as the execution provider calls it.</summary>
    OrtMemoryInfo MemoryInfo { get; }

    /// <summary>A buffer (key of layer 0, value of layer 0, key of layer 1, …) over some rows. The caller disposes it.</summary>
    OrtValue View(int buffer, KvWindow window);

    /// <summary>The rows that a run over <paramref name="count"/> rows has to cover: these, or some before them as well.</summary>
    KvWindow DecodeWindow(int firstRow, int count);

    /// <summary>Where a row that is only covered may take a token without losing anything.</summary>
    int SparePosition(int row);

    /// <summary>Tells that a run has written one position of each of adjacent rows.</summary>
    void Decoded(int firstRow, ReadOnlySpan<int> positions);

    /// <summary>Where a chunk of one row runs that has its first <paramref name="position"/> positions filled.</summary>
    KvWindow OpenRow(int row, int position);

    /// <summary>Tells that the chunk has run and has written <paramref name="count"/> positions.</summary>
    void CloseRow(int row, int position, int count);

    /// <inheritdoc cref="IModelRunner.CopyRow"/>
    void CopyRow(int source, int destination, int length);

    /// <inheritdoc cref="IModelRunner.ReleaseRow"/>
    void ReleaseRow(int row);

    /// <inheritdoc cref="IModelRunner.ReserveBlocks"/>
    void ReserveBlocks(int count, int length);

    /// <inheritdoc cref="IModelRunner.StoreBlock"/>
    void StoreBlock(int row, int position, int block);

    /// <inheritdoc cref="IModelRunner.LoadBlock"/>
    void LoadBlock(int block, int row, int position);

    /// <inheritdoc cref="IModelRunner.SaveRow"/>
    KvSnapshot SaveRow(int row, int length);

    /// <inheritdoc cref="IModelRunner.RestoreRow"/>
    void RestoreRow(KvSnapshot snapshot, int row);
}
