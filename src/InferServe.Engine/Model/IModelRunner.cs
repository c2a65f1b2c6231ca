namespace InferServe.Engine.Model;

/// <summary>
/// Runs one model over rows of KV memory. Used by the engine thread only, so it need not be thread-safe.
/// A row holds the keys and values of one sequence, position by position; the caller alone decides which sequence a row belongs to.
/// Where the memory is, on the host or on a device, only the runner knows.
/// </summary>
public interface IModelRunner : IDisposable
{
    /// <summary>Number of logits for each position.</summary>
    int VocabularySize { get; }

    /// <summary>The most tokens that one row can hold, prompt and output together.</summary>
    int ContextLength { get; }

    /// <summary>
    /// Number of rows; valid rows are 0 … <see cref="Rows"/> − 1. Row <see cref="Rows"/> exists as well, but only for the padding of
    /// <see cref="DecodeBatch.IsPadded"/>.
    /// </summary>
    int Rows { get; }

    /// <summary>Bytes of KV memory that one token takes.</summary>
    long KvBytesPerToken { get; }

    /// <summary>The most tokens of one prefill chunk, at least 4; scratch memory grows with it.</summary>
    int LongestChunk { get; }

    /// <summary>Whether the model can return the logits of every position of a chunk, and not of the last one only.</summary>
    bool ReturnsAllPositions { get; }

    /// <summary>
    /// Runs every part of <paramref name="plan"/>: first the decode batches, then the prefill chunks, in their order. Writes the keys and
    /// values of each token at its row and position, and returns the logits that the plan asks for.
    /// </summary>
    /// <returns>The logits, valid until the next call; the caller may change them in place.</returns>
    /// <exception cref="ModelRunException">
    /// The run failed; the rows of the plan hold undefined values, and so do blocks and rows that were copied to since the run before: copies may be put off
    /// until a run.
    /// </exception>
    StepLogits Run(StepPlan plan);

    /// <summary>Copies the first <paramref name="length"/> positions of a row's keys and values over those of another row.</summary>
    void CopyRow(int source, int destination, int length);

    /// <summary>Tells that nobody needs what the row holds; memory that it really uses may be given back.</summary>
    void ReleaseRow(int row);

    /// <summary>Prepares memory for blocks 0 … <paramref name="count"/> − 1 of <paramref name="length"/> positions each; called once at most.</summary>
    void ReserveBlocks(int count, int length);

    /// <summary>Copies as many positions as a block holds from a row, starting at <paramref name="position"/>, into the block.</summary>
    void StoreBlock(int row, int position, int block);

    /// <summary>Copies a block into a row, starting at <paramref name="position"/>.</summary>
    void LoadBlock(int block, int row, int position);

    /// <summary>Copies the first <paramref name="length"/> positions of a row out of the rows.</summary>
    KvSnapshot SaveRow(int row, int length);

    /// <summary>Copies a snapshot into a row, starting at its first position. The snapshot stays as it is.</summary>
    void RestoreRow(KvSnapshot snapshot, int row);
}
