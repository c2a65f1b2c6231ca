using InferServe.Engine.Model;

namespace InferServe.GenAi;

/// <summary>
/// Runs a model with the generation library ONNX Runtime GenAI, for folders whose graph the own runner refuses: other attention, other state, pipelines.
/// Every row has a generator of its own, and the rows of a step run one after another: requests share the model's time, but no matrix product. Sampling,
/// grammars, log-probabilities and stopping are the engine's, since only tokens go in and logits come out.
/// </summary>
/// <remarks>
/// What it cannot do: the prefix cache (the library gives no keys and values away), drafts and prompt log-probabilities (it gives the logits of the last position),
/// adapters. A row that is copied runs its tokens again.
/// </remarks>
public sealed class GenAiModelRunner : IModelRunner
{
    private readonly IGeneratorSource _source;
    private readonly GenerationRow[] _rows;

    // Where the generator of a row goes when the row is released: to the row that was copied from it last.
    private readonly int?[] _heirs;
    private float[] _logits = [];

    internal GenAiModelRunner(IGeneratorSource source, GenAiModelOptions options)
    {
        _source = source;
        VocabularySize = options.VocabularySize;
        ContextLength = options.ContextLength;
        Rows = options.Rows;
        _rows = [.. Enumerable.Range(0, Rows).Select(_ => new GenerationRow(source))];
        _heirs = new int?[Rows];
    }

    public int VocabularySize { get; }

    public int ContextLength { get; }

    public int Rows { get; }

    /// <summary>1: the library does not tell, and takes its memory by rows.</summary>
    public long KvBytesPerToken => 1;

    public int LongestChunk => ContextLength;

    public bool ReturnsAllPositions => false;

    /// <summary>Whether this build holds the library.</summary>
    public static bool IsPartOfBuild =>
#if WITH_GENAI
        true;
#else
        false;
#endif

    /// <summary>Loads a model folder.</summary>
    /// <exception cref="GenAiUnavailableException">The build is without the library, or the library cannot load the folder.</exception>
    public static GenAiModelRunner Load(GenAiModelOptions options)
    {
#if WITH_GENAI
        return new GenAiModelRunner(Native.NativeGeneratorSource.Load(options), options);
#else
        throw new GenAiUnavailableException(
            "the runtime 'genai' is asked for, which this build does not hold; build with -p:WithGenAI=true");
#endif
    }

    /// <inheritdoc/>
    public StepLogits Run(StepPlan plan)
    {
        int length = checked(plan.Logits * VocabularySize);
        if (_logits.Length < length)
        {
            _logits = new float[length];
        }

        int entry = 0;
        foreach (var batch in plan.Decode)
        {
            ThrowIfAdapted(batch.Adapter);
            for (int i = 0; i < batch.Logits; i++)
            {
                _rows[batch.FirstRow + i].Run(batch.Positions.Span[i], batch.Tokens.Span.Slice(i, 1)).CopyLogits(Entry(entry++));
            }
        }

        foreach (var chunk in plan.Prefill)
        {
            ThrowIfAdapted(chunk.Adapter);
            var generator = _rows[chunk.Row].Run(chunk.Position, chunk.Tokens.Span);
            if (chunk.Logits > 0)
            {
                generator.CopyLogits(Entry(entry++));
            }
        }

        return new StepLogits(_logits.AsSpan(0, length), VocabularySize);
    }

    public void CopyRow(int source, int destination, int length)
    {
        if (source == destination)
        {
            return;
        }

        _rows[destination].CopyTokens(_rows[source], length);
        _heirs[source] = destination;
    }

    public void ReleaseRow(int row)
    {
        if (_heirs[row] is { } heir)
        {
            _rows[heir].TakeGenerator(_rows[row]);
            _heirs[row] = null;
        }

        _rows[row].Clear();
        for (int i = 0; i < _heirs.Length; i++)
        {
            // What is in the row next has nothing to do with the row it was copied from.
            _heirs[i] = _heirs[i] == row ? null : _heirs[i];
        }
    }

    /// <exception cref="NotSupportedException">Always; the engine needs a prefix cache of 0 bytes.</exception>
    public void ReserveBlocks(int count, int length) => throw new NotSupportedException("The GenAI library has no prefix cache.");

    /// <exception cref="NotSupportedException">Always.</exception>
    public void StoreBlock(int row, int position, int block) => throw new NotSupportedException("The GenAI library has no prefix cache.");

    /// <exception cref="NotSupportedException">Always.</exception>
    public void LoadBlock(int block, int row, int position) => throw new NotSupportedException("The GenAI library has no prefix cache.");

    public KvSnapshot SaveRow(int row, int length) => new TokenSnapshot(_rows[row].First(length));

    public void RestoreRow(KvSnapshot snapshot, int row) => _rows[row].Fill(((TokenSnapshot)snapshot).Tokens);

    public void Dispose()
    {
        foreach (var row in _rows)
        {
            row.Dispose();
        }

        _source.Dispose();
    }

    private static void ThrowIfAdapted(string? adapter)
    {
        if (adapter is not null)
        {
            throw new ModelRunException($"The runtime 'genai' takes no adapters; the request asks for '{adapter}'.");
        }
    }

    private Span<float> Entry(int entry) => _logits.AsSpan(entry * VocabularySize, VocabularySize);
}
