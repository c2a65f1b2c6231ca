namespace InferServe.Engine.Model;

/// <summary>
/// The logits of one step: those of the decode batches' rows in their order (padding has none), then as many as each prefill chunk
/// wants, in the order of chunks and positions. Shape [entries, vocabulary], float32, row-major; a view over the runner's own buffer.
/// </summary>
public readonly ref struct StepLogits(Span<float> values, int vocabularySize)
{
    private readonly Span<float> _values = values;

    /// <summary>Number of entries.</summary>
    public int Count => _values.Length / vocabularySize;

    /// <summary>The logits of one entry, shape [vocabulary].</summary>
    public Span<float> this[int entry] => _values.Slice(entry * vocabularySize, vocabularySize);
}
