using InferServe.Engine.Model;
using InferServe.OnnxRuntime.Adapters;
using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Devices;
using InferServe.OnnxRuntime.Graph;
using InferServe.OnnxRuntime.Memory;
using InferServe.OnnxRuntime.Rewriting;
using InferServe.OnnxRuntime.Running;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime;

/// <summary>
/// Runs a GenAI graph over rows of KV memory. The decode batch is one run over adjacent rows, each with its own length by the
/// right-padded mask; every prefill chunk is one run of one row, because attention takes several new tokens beside a past only
/// for a single row.
/// </summary>
public sealed class OnnxModelRunner : IModelRunner
{
    private const int PaddingRows = 1;

    private readonly GenAiConfig _config;
    private readonly GraphSession _session;
    private readonly KvShape _shape;
    private readonly IKvStore _kv;
    private readonly bool _isOnDevice;
    private readonly AdapterSet _adapters;
    private readonly AdapterValues _adapterValues;
    private readonly RowBindings _bindings;
    private readonly HostBuffer<long> _tokens;
    private readonly HostBuffer<long> _positions;
    private readonly HostBuffer<long> _mask;

    // Position of the new token of each row that a run covers.
    private readonly int[] _covered;

    private readonly bool _takesPositions;
    private readonly TensorElementType _logitsType;

    // How many positions, counted back from the last, get logits; null where the graph decides.
    private readonly HostBuffer<long>? _window;
    private readonly string? _windowInput;

    // The step's entries, and one more for logits that nobody wants; grows to the most entries seen.
    private LogitsBuffer _logits;
    private (int Count, int Length) _blocks;

    // Whether the graph returns one position whatever the number of new tokens; else the last of all is taken.
    private bool _lastLogitsOnly;
    private LogitsBuffer? _allLogits;

    private OnnxModelRunner(GenAiConfig config, GraphSession session, string? windowInput, KvShape shape, IKvStore kv, AdapterSet adapters, AdapterValues adapterValues)
    {
        _config = config;
        _session = session;
        _shape = shape;
        _kv = kv;
        _isOnDevice = kv.MemoryInfo.GetDeviceType() != OrtMemoryInfoDeviceType.CPU;
        Rows = shape.Rows - PaddingRows;
        ContextLength = shape.Capacity;
        _windowInput = windowInput;
        _window = windowInput is null ? null : new HostBuffer<long>(1);
        _takesPositions = session.Signature.Input(config.Names.PositionIds) is not null;
        _logitsType = session.Signature.Output(config.Names.Logits)!.Type;
        _adapters = adapters;
        _adapterValues = adapterValues;
        _bindings = new RowBindings(session, kv, config, adapterValues);
        _covered = new int[shape.Rows];
        _tokens = new HostBuffer<long>(Math.Max(shape.Rows, ContextLength));
        _positions = new HostBuffer<long>(Math.Max(shape.Rows, ContextLength));
        _mask = new HostBuffer<long>(checked(shape.Rows * ContextLength));
        _logits = new LogitsBuffer(shape.Rows + 1, config.VocabularySize, _logitsType);
    }

    public int VocabularySize => _config.VocabularySize;

    public int ContextLength { get; }

    public int Rows { get; }

    public long KvBytesPerToken => _shape.TokenBytes;

    public int LongestChunk => AttentionScratch.LongestChunk(_config.AttentionHeads, ContextLength);

    public bool ReturnsAllPositions => !_lastLogitsOnly;

    /// <summary>What computes the model.</summary>
    public string Device => _session.Factory.Device;

    /// <summary>Whether keys and values are in a device's memory.</summary>
    public bool KvIsOnDevice => _isOnDevice;

    /// <summary>Where keys and values are, as the execution provider calls it.</summary>
    public string KvMemoryName => _kv.MemoryInfo.Name;

    /// <summary>Why devices that were tried before cannot be used, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>Loads the folder's graph, checks it against the config and runs it once.</summary>
    /// <exception cref="ModelLoadException">An option is out of range, or the graph cannot be run; every reason found is given.</exception>
    public static OnnxModelRunner Load(ModelFolder folder, OnnxRunnerOptions options)
    {
        // 1. What costs little: options, operators, the files of the weights.
        var config = folder.Config;
        List<string> problems = [.. options.Problems(config.ContextLength)];
        AdapterSet? adapters = null;
        var outline = GraphFile.Outline(folder, problems);
        int contextLength = GraphFile.ContextLength(folder, outline, options.ContextLength);
        if (outline is not null)
        {
            problems.AddRange(GraphFile.Problems(folder, outline, contextLength));
            adapters = AdapterSet.Load(options.Adapters, outline.Defaults, problems);
        }

        if (adapters is null || problems.Count > 0)
        {
            adapters?.Dispose();
            throw new ModelLoadException(folder.Path, problems);
        }

        // 2. The graph with its weights, on the first device that runs it.
        try
        {
            return RunnerLoading.Load(folder, options, device => LoadOn(device, folder, options, contextLength, adapters));
        }
        catch
        {
            adapters.Dispose();
            throw;
        }
    }

    private static OnnxModelRunner LoadOn(
        DeviceAttempt device, ModelFolder folder, OnnxRunnerOptions options, int contextLength, AdapterSet adapters)
    {
        var config = folder.Config;
        var windowed = GraphFile.OpenWindowed(folder);
        var factory = new SessionFactory(config.Session with { Threads = options.Threads ?? config.Session.Threads }, device.Name, options.Device);
        var session = GraphSession.Open(folder.GraphPath, windowed?.Model, factory);
        IKvStore? kv = null;
        AdapterValues? values = null;
        OnnxModelRunner? runner = null;
        try
        {
            var inputs = session.Signature.Inputs.Where(input => input.Name != windowed?.Input);
            ThrowIfAny(folder.GraphPath, GraphCheck.SignatureProblems(session.Signature with { Inputs = [.. inputs] }, config));
            (var shape, kv) = KvStores.Open(session, config, options, contextLength);
            values = kv is HostKvStore ? AdapterValues.OnHost(adapters) : AdapterValues.OnDevice(adapters, factory, kv.MemoryInfo);
            runner = new OnnxModelRunner(config, session, windowed?.Input, shape, kv, adapters, values) { Warnings = device.Warnings };
            runner._lastLogitsOnly = runner.ProbeLastLogitsOnly();
            runner.ProbeAdapters();
            return runner;
        }
        catch
        {
            if (runner is null)
            {
                values?.Dispose();
                kv?.Dispose();
                session.Dispose();
            }

            runner?.DisposeAllButAdapters();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The plan is outside the rows, the context or the vocabulary, or asks for an adapter that is not loaded.</exception>
    public StepLogits Run(StepPlan plan)
    {
        PlanCheck.ThrowIfInvalid(plan, Rows, ContextLength, VocabularySize);
        int entries = plan.Logits;
        EnsureLogits(entries + PaddingRows);
        int entry = 0;
        foreach (var batch in plan.Decode)
        {
            RunDecode(batch, entry);
            entry += batch.Logits;
        }

        foreach (var chunk in plan.Prefill)
        {
            RunPrefill(chunk, chunk.Logits > 0 ? entry : entries);
            entry += chunk.Logits;
        }

        return new StepLogits(_logits.Read(entries), VocabularySize);
    }

    public void CopyRow(int source, int destination, int length)
    {
        ThrowUnlessInRow(source, 0, length);
        ThrowUnlessInRow(destination, 0, length);
        _kv.CopyRow(source, destination, length);
    }

    public void ReleaseRow(int row)
    {
        ThrowUnlessInRow(row, 0, 0);
        _kv.ReleaseRow(row);
    }

    public void ReserveBlocks(int count, int length)
    {
        _kv.ReserveBlocks(count, length);
        _blocks = (count, length);
    }

    public void StoreBlock(int row, int position, int block)
    {
        ThrowUnlessBlock(block);
        ThrowUnlessInRow(row, position, _blocks.Length);
        _kv.StoreBlock(row, position, block);
    }

    public void LoadBlock(int block, int row, int position)
    {
        ThrowUnlessBlock(block);
        ThrowUnlessInRow(row, position, _blocks.Length);
        _kv.LoadBlock(block, row, position);
    }

    public KvSnapshot SaveRow(int row, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ThrowUnlessInRow(row, 0, length);
        return _kv.SaveRow(row, length);
    }

    public void RestoreRow(KvSnapshot snapshot, int row)
    {
        ThrowUnlessInRow(row, 0, snapshot.Length);
        _kv.RestoreRow(snapshot, row);
    }

    public void Dispose()
    {
        DisposeAllButAdapters();
        _adapters.Dispose();
    }

    /// <summary>What is left after it can be used on another device.</summary>
    private void DisposeAllButAdapters()
    {
        _bindings.Dispose();
        _adapterValues.Dispose();
        _kv.Dispose();
        _session.Dispose();
        _tokens.Dispose();
        _positions.Dispose();
        _mask.Dispose();
        _window?.Dispose();
        _logits.Dispose();
        _allLogits?.Dispose();
    }

    private void RunDecode(DecodeBatch batch, int entry)
    {
        // 1. The rows of the batch, behind those that the run has to cover as well.
        var window = _kv.DecodeWindow(batch.FirstRow, batch.Count);
        int before = batch.FirstRow - window.FirstRow;
        var positions = _covered.AsSpan(0, window.Count);
        for (int i = 0; i < before; i++)
        {
            positions[i] = _kv.SparePosition(window.FirstRow + i);
        }

        batch.Positions.Span.CopyTo(positions[before..]);
        _tokens.Span[..before].Clear();
        StepInputs.Widen(batch.Tokens.Span, _tokens.Span[before..]);
        StepInputs.Widen(positions, _positions.Span);
        int width = StepInputs.LongestTotal(positions);
        StepInputs.FillMask(positions, width, _mask.Span);

        // 2. The run. The logits of padding go where the next entry's follow.
        using var logits = before == 0 ? _logits.Tensor(entry, batch.Count, 1) : AllLogits(window.Count).Tensor(0, window.Count, 1);
        RunRows(window, batch.Adapter, newTokens: 1, width, logits);
        _kv.Decoded(batch.FirstRow, batch.Positions.Span);
        if (before > 0)
        {
            _logits.CopyFrom(AllLogits(window.Count), before, batch.Logits, entry);
        }
    }

    private void RunPrefill(PrefillChunk chunk, int entry)
    {
        if (chunk.Logits > 1 && _lastLogitsOnly)
        {
            throw new ModelRunException("the graph returns the logits of the last position only");
        }

        int count = chunk.Tokens.Length;
        bool direct = _lastLogitsOnly || _window is not null || count == 1;
        int window = Math.Max(1, chunk.Logits);

        // Logits that nobody wants stay where they are computed.
        using var logits = chunk.Logits == 0 && _isOnDevice ? null
            : direct ? _logits.Tensor(entry, 1, window)
            : AllLogits(count).Tensor(0, 1, count);
        var place = _kv.OpenRow(chunk.Row, chunk.Position);
        FillPrefill(chunk);
        RunRows(place, chunk.Adapter, count, chunk.Position + count, logits, window);
        _kv.CloseRow(chunk.Row, chunk.Position, count);
        if (!direct && chunk.Logits > 0)
        {
            _logits.CopyFrom(AllLogits(count), count - chunk.Logits, chunk.Logits, entry);
        }
    }

    private void FillPrefill(PrefillChunk chunk)
    {
        int count = chunk.Tokens.Length;
        StepInputs.Widen(chunk.Tokens.Span, _tokens.Span);
        StepInputs.FillRange(chunk.Position, _positions.Span[..count]);
        _mask.Span[..(chunk.Position + count)].Fill(1);
    }

    private void RunRows(KvWindow place, string? adapter, int newTokens, int width, OrtValue? logits, int window = 1)
    {
        var binding = _bindings.Of(place, adapter);
        BindInputs(binding, place.Count, newTokens, width, window);
        if (logits is null)
        {
            binding.BindOutputToDevice(_config.Names.Logits, _kv.MemoryInfo);
        }
        else
        {
            binding.BindOutput(_config.Names.Logits, logits);
        }

        _session.Run(binding);
    }

    private void BindInputs(OrtIoBinding binding, int rows, int newTokens, int width, int window)
    {
        if (_window is not null)
        {
            _window.Span[0] = -window;
            using var start = _window.Tensor(0, 1);
            binding.BindInput(_windowInput!, start);
        }

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

    private void EnsureLogits(int entries)
    {
        if (_logits.Entries < entries)
        {
            _logits = Replace(_logits, entries);
        }
    }

    /// <summary>A larger buffer. The old one goes only when the new one is there: without memory for it, later runs still have the old one.</summary>
    private LogitsBuffer Replace(LogitsBuffer? old, int entries)
    {
        var larger = new LogitsBuffer(entries, VocabularySize, _logitsType);
        old?.Dispose();
        return larger;
    }

    private void ThrowUnlessBlock(int block) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)block, (uint)_blocks.Count, nameof(block));

    private void ThrowUnlessInRow(int row, int position, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)ContextLength, nameof(position));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(ContextLength - position), nameof(count));
    }

    /// <summary>Room for the logits of every position of a chunk; grows to the longest chunk seen.</summary>
    private LogitsBuffer AllLogits(int count)
    {
        if (_allLogits is null || _allLogits.Entries < count)
        {
            _allLogits = Replace(_allLogits, count);
        }

        return _allLogits;
    }

    /// <summary>
    /// Runs two tokens to see how many positions have logits, which a graph's declared shapes need not tell. It also finds out
    /// whether the graph runs at all before the first request does.
    /// </summary>
    private bool ProbeLastLogitsOnly()
    {
        FillPrefill(new PrefillChunk(Row: 0, Position: 0, Tokens: new int[2], Logits: 0));
        var binding = _bindings.Of(_kv.OpenRow(0, 0), adapter: null);
        BindInputs(binding, rows: 1, newTokens: 2, width: 2, window: 2);
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

    /// <summary>Runs each adapter once: whether its ranks fit each other shows only then.</summary>
    private void ProbeAdapters()
    {
        foreach (string adapter in _adapterValues.Names)
        {
            try
            {
                RunPrefill(new PrefillChunk(Row: 0, Position: 0, Tokens: new int[2], Logits: 0) { Adapter = adapter }, entry: 0);
            }
            catch (ModelRunException exception)
            {
                throw new ModelRunException($"the adapter '{adapter}' does not run: {exception.Message}", exception);
            }
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
