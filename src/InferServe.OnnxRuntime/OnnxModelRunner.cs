using InferServe.Engine.Model;
using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Graph;
using InferServe.OnnxRuntime.Memory;
using InferServe.OnnxRuntime.Running;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime;

/// <summary>
/// Runs a GenAI graph over rows of KV memory. The decode batch is one run over adjacent rows, each with its own length by the
/// right-padded mask; every prefill chunk is one run of one row, because attention takes several new tokens beside a past only
/// for a single row.
/// </summary>
public sealed class OnnxModelRunner : IModelRunner
{
    private readonly GenAiConfig _config;
    private readonly GraphSession _session;
    private readonly KvBuffers _kv;
    private readonly RowBindings _bindings;
    private readonly HostBuffer<long> _tokens;
    private readonly HostBuffer<long> _positions;
    private readonly HostBuffer<long> _mask;

    // One entry a row, and one more for the logits of chunks that nobody wants.
    private readonly HostBuffer<float> _logits;
    private readonly bool _takesPositions;

    // Whether the graph returns one position whatever the number of new tokens; else the last of all is taken.
    private bool _lastLogitsOnly;
    private HostBuffer<float>? _allLogits;

    private OnnxModelRunner(GenAiConfig config, GraphSession session, int rows, int contextLength)
    {
        _config = config;
        _session = session;
        Rows = rows;
        ContextLength = contextLength;
        _takesPositions = session.Signature.Input(config.Names.PositionIds) is not null;
        _kv = new KvBuffers(new KvShape(config.Layers, rows, config.KeyValueHeads, contextLength, config.HeadSize));
        _bindings = new RowBindings(session, _kv, config);
        _tokens = new HostBuffer<long>(Math.Max(rows, contextLength));
        _positions = new HostBuffer<long>(Math.Max(rows, contextLength));
        _mask = new HostBuffer<long>(checked(rows * contextLength));
        _logits = new HostBuffer<float>(checked((rows + 1) * config.VocabularySize));
    }

    public int VocabularySize => _config.VocabularySize;

    public int ContextLength { get; }

    public int Rows { get; }

    /// <summary>Loads the folder's graph, checks it against the config and runs it once.</summary>
    /// <exception cref="ModelLoadException">An option is out of range, or the graph cannot be run; every reason found is given.</exception>
    public static OnnxModelRunner Load(ModelFolder folder, OnnxRunnerOptions options)
    {
        // 1. What costs little: options, operators.
        var config = folder.Config;
        ThrowIfAny(folder.Path, [.. options.Problems(config.ContextLength), .. NodeProblems(folder)]);

        GraphSession? session = null;
        OnnxModelRunner? runner = null;
        try
        {
            // 2. The graph itself, with its weights.
            session = GraphSession.Open(folder.GraphPath, options.Threads ?? Environment.ProcessorCount);
            ThrowIfAny(folder.GraphPath, GraphCheck.SignatureProblems(session.Signature, config));

            // 3. KV memory and a first run.
            runner = new OnnxModelRunner(config, session, options.Rows, options.ContextLength ?? config.ContextLength);
            runner._lastLogitsOnly = runner.ProbeLastLogitsOnly();
            return runner;
        }
        catch (Exception exception)
        {
            runner?.Dispose();
            session?.Dispose();
            throw exception switch
            {
                ModelLoadException => exception,
                OnnxRuntimeException => new ModelLoadException(
                    folder.GraphPath, [$"ONNX Runtime cannot load the graph: {exception.Message}"], exception),
                _ => new ModelLoadException(folder.GraphPath, [exception.Message], exception),
            };
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The plan is outside the rows, the context or the vocabulary.</exception>
    public StepLogits Run(StepPlan plan)
    {
        PlanCheck.ThrowIfInvalid(plan, Rows, ContextLength, VocabularySize);
        int entries = 0;
        if (plan.Decode is { } decode)
        {
            RunDecode(decode);
            entries = decode.Count;
        }

        foreach (var chunk in plan.Prefill)
        {
            RunPrefill(chunk, chunk.NeedsLogits ? entries++ : Rows);
        }

        return new StepLogits(_logits.Span[..(entries * VocabularySize)], VocabularySize);
    }

    public void CopyRow(int source, int destination, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)source, (uint)Rows, nameof(source));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)destination, (uint)Rows, nameof(destination));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)ContextLength, nameof(length));
        _kv.CopyRow(source, destination, length);
    }

    public void Dispose()
    {
        _bindings.Dispose();
        _session.Dispose();
        _kv.Dispose();
        _tokens.Dispose();
        _positions.Dispose();
        _mask.Dispose();
        _logits.Dispose();
        _allLogits?.Dispose();
    }

    private void RunDecode(DecodeBatch batch)
    {
        var positions = batch.Positions.Span;
        int width = StepInputs.LongestTotal(positions);
        StepInputs.Widen(batch.Tokens.Span, _tokens.Span);
        StepInputs.Widen(positions, _positions.Span);
        StepInputs.FillMask(positions, width, _mask.Span);
        using var logits = _logits.Tensor(0, batch.Count, 1, VocabularySize);
        RunRows(batch.FirstRow, batch.Count, newTokens: 1, width, logits);
    }

    private void RunPrefill(PrefillChunk chunk, int entry)
    {
        int count = chunk.Tokens.Length;
        bool direct = _lastLogitsOnly || count == 1;
        using var logits = direct
            ? _logits.Tensor(entry * VocabularySize, 1, 1, VocabularySize)
            : AllLogits(count).Tensor(0, 1, count, VocabularySize);
        FillPrefill(chunk);
        RunRows(chunk.Row, 1, count, chunk.Position + count, logits);
        if (!direct && chunk.NeedsLogits)
        {
            AllLogits(count).Span.Slice((count - 1) * VocabularySize, VocabularySize)
                .CopyTo(_logits.Span[(entry * VocabularySize)..]);
        }
    }

    private void FillPrefill(PrefillChunk chunk)
    {
        int count = chunk.Tokens.Length;
        StepInputs.Widen(chunk.Tokens.Span, _tokens.Span);
        StepInputs.FillRange(chunk.Position, _positions.Span[..count]);
        _mask.Span[..(chunk.Position + count)].Fill(1);
    }

    private void RunRows(int firstRow, int rows, int newTokens, int width, OrtValue logits)
    {
        var binding = _bindings.Of(firstRow, rows);
        BindInputs(binding, rows, newTokens, width);
        binding.BindOutput(_config.Names.Logits, logits);
        _session.Run(binding);
    }

    private void BindInputs(OrtIoBinding binding, int rows, int newTokens, int width)
    {
        using var tokens = _tokens.Tensor(0, rows, newTokens);
        using var mask = _mask.Tensor(0, rows, width);
        binding.BindInput(_config.Names.InputIds, tokens);
        binding.BindInput(_config.Names.AttentionMask, mask);
        if (_takesPositions)
        {
            using var positions = _positions.Tensor(0, rows, newTokens);
            binding.BindInput(_config.Names.PositionIds, positions);
        }
    }

    /// <summary>Room for the logits of every position of a chunk; grows to the longest chunk seen.</summary>
    private HostBuffer<float> AllLogits(int count)
    {
        int length = checked(count * VocabularySize);
        if (_allLogits is null || _allLogits.Length < length)
        {
            _allLogits?.Dispose();
            _allLogits = new HostBuffer<float>(length);
        }

        return _allLogits;
    }

    /// <summary>
    /// Runs two tokens to see how many positions have logits, which a graph's declared shapes need not tell. It also finds out
    /// whether the graph runs at all before the first request does.
    /// </summary>
    private bool ProbeLastLogitsOnly()
    {
        FillPrefill(new PrefillChunk(Row: 0, Position: 0, Tokens: new int[2], NeedsLogits: false));
        var binding = _bindings.Of(0, 1);
        BindInputs(binding, rows: 1, newTokens: 2, width: 2);
        binding.BindOutputToDevice(_config.Names.Logits, OrtMemoryInfo.DefaultInstance);
        _session.Run(binding);
        using var outputs = binding.GetOutputValues();
        int index = Array.IndexOf(binding.GetOutputNames(), _config.Names.Logits);
        long[] shape = outputs[index].GetTensorTypeAndShape().Shape;
        return shape is [1, 1 or 2, _] && shape[2] == VocabularySize
            ? shape[1] == 1
            : throw new ModelRunException(
                $"the logits of two tokens have shape [{string.Join(", ", shape)}], expected [1, 1 or 2, {VocabularySize}]");
    }

    private static IReadOnlyList<string> NodeProblems(ModelFolder folder)
    {
        try
        {
            using var stream = new FileStream(folder.GraphPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            return GraphCheck.NodeProblems(GraphNodeReader.Read(stream), folder.Config.Layers);
        }
        catch (InvalidDataException exception)
        {
            return [$"'{folder.Config.GraphFile}' is not an ONNX model: {exception.Message}"];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [$"'{folder.Config.GraphFile}' cannot be read: {exception.Message}"];
        }
    }

    private static void ThrowIfAny(string path, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new ModelLoadException(path, problems);
        }
    }
}
