namespace InferServe.Engine.Model;

/// <summary>
/// Runs one model over rows of KV memory. Used by the engine thread only, so it need not be thread-safe.
/// A row holds the keys and values of one sequence, position by position; the caller alone decides which sequence a row belongs to.
/// </summary>
public interface IModelRunner : IDisposable
{
    /// <summary>Number of logits for each position.</summary>
    int VocabularySize { get; }

    /// <summary>The most tokens that one row can hold, prompt and output together.</summary>
    int ContextLength { get; }

    /// <summary>Number of rows; valid rows are 0 … <see cref="Rows"/> − 1.</summary>
    int Rows { get; }

    /// <summary>
    /// Runs every part of <paramref name="plan"/>: first the decode batch, then the prefill chunks in their order. Writes the keys and
    /// values of each token at its row and position, and returns the logits that the plan asks for.
    /// </summary>
    /// <returns>The logits, valid until the next call; the caller may change them in place.</returns>
    /// <exception cref="ModelRunException">The run failed; the rows of the plan hold undefined values from the planned positions on.</exception>
    StepLogits Run(StepPlan plan);

    /// <summary>Copies the first <paramref name="length"/> positions of a row's keys and values over those of another row.</summary>
    void CopyRow(int source, int destination, int length);
}
