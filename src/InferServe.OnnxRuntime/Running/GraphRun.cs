using InferServe.Engine.Model;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Running;

/// <summary>
/// Runs a graph over rows of KV memory. A decode batch is one run over adjacent rows, each with its own length by the right-padded mask; a prefill
/// chunk is one run of one row, because attention takes several new tokens beside a past only for a single row.
/// </summary>
internal sealed class GraphRun : IDisposable
{
    private readonly LoadedGraph _graph;
    private readonly RowBindings _bindings;
    private readonly GraphInputs _inputs;

    // The step's entries, and one more for logits that nobody wants.
    private readonly StepLogitsBuffers _logits;

    // Position of the new token of each row that a run covers.
    private readonly int[] _covered;

    public GraphRun(LoadedGraph graph)
    {
        var (config, session) = (graph.Config, graph.Session);
        _graph = graph;
        _bindings = new RowBindings(session, graph.Kv, config, graph.Adapters);
        _covered = new int[graph.Shape.Rows];
        _inputs = new GraphInputs(graph);
        _logits = new StepLogitsBuffers(graph.Shape.Rows + 1, config.VocabularySize, session.Signature.Output(config.Names.Logits)!.Type);
    }

    /// <summary>Whether the graph returns one position whatever the number of new tokens; else the last of all is taken. See <see cref="GraphProbe"/>.</summary>
    public bool LastLogitsOnly { get; set; }

    /// <summary>Runs every part of a plan; see <see cref="IModelRunner.Run"/>.</summary>
    /// <exception cref="ModelRunException">A run failed.</exception>
    /// <exception cref="ArgumentException">There is no such adapter.</exception>
    public StepLogits Run(StepPlan plan)
    {
        int entries = plan.Logits;
        _logits.Ensure(entries + 1);
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

        return new StepLogits(_logits.Step.Read(entries), _graph.Config.VocabularySize);
    }

    /// <summary>Runs a chunk and puts its logits at an entry.</summary>
    /// <exception cref="ModelRunException">The run failed.</exception>
    public void RunPrefill(PrefillChunk chunk, int entry)
    {
        if (chunk.Logits > 1 && LastLogitsOnly)
        {
            throw new ModelRunException("the graph returns the logits of the last position only");
        }

        int count = chunk.Tokens.Length;
        bool direct = LastLogitsOnly || _graph.WindowInput is not null || count == 1;
        int window = Math.Max(1, chunk.Logits);

        // Logits that nobody wants stay where they are computed.
        using var logits = chunk.Logits == 0 && _graph.KvIsOnDevice ? null
            : direct ? _logits.Step.Tensor(entry, 1, window)
            : _logits.All(count).Tensor(0, 1, count);
        RunRows(BindPrefill(chunk, window), logits);
        _graph.Kv.CloseRow(chunk.Row, chunk.Position, count);
        if (!direct && chunk.Logits > 0)
        {
            _logits.Step.CopyFrom(_logits.All(count), count - chunk.Logits, chunk.Logits, entry);
        }
    }

    /// <summary>All that a run of a chunk needs but a place for the logits.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="window">How many of the last positions get logits.</param>
    /// <exception cref="ModelRunException">A device cannot open the row.</exception>
    public OrtIoBinding BindPrefill(PrefillChunk chunk, int window)
    {
        var place = _graph.Kv.OpenRow(chunk.Row, chunk.Position);
        int width = _inputs.FillPrefill(chunk);
        var binding = _bindings.Of(place, chunk.Adapter);
        _inputs.Bind(binding, place.Count, chunk.Tokens.Length, width, window);
        return binding;
    }

    public void Dispose()
    {
        _bindings.Dispose();
        _inputs.Dispose();
        _logits.Dispose();
    }

    private void RunDecode(DecodeBatch batch, int entry)
    {
        // 1. The rows of the batch, behind those that the run has to cover as well.
        var window = _graph.Kv.DecodeWindow(batch.FirstRow, batch.Count);
        int before = batch.FirstRow - window.FirstRow;
        var positions = _covered.AsSpan(0, window.Count);
        for (int i = 0; i < before; i++)
        {
            positions[i] = _graph.Kv.SparePosition(window.FirstRow + i);
        }

        batch.Positions.Span.CopyTo(positions[before..]);
        int width = _inputs.FillDecode(before, batch.Tokens.Span, positions);

        // 2. The run. The logits of padding go where the next entry's follow.
        using var logits = before == 0 ? _logits.Step.Tensor(entry, batch.Count, 1) : _logits.All(window.Count).Tensor(0, window.Count, 1);
        var binding = _bindings.Of(window, batch.Adapter);
        _inputs.Bind(binding, window.Count, newTokens: 1, width, window: 1);
        RunRows(binding, logits);
        _graph.Kv.Decoded(batch.FirstRow, batch.Positions.Span);
        if (before > 0)
        {
            _logits.Step.CopyFrom(_logits.All(window.Count), before, batch.Logits, entry);
        }
    }

    private void RunRows(OrtIoBinding binding, OrtValue? logits)
    {
        if (logits is null)
        {
            binding.BindOutputToDevice(_graph.Config.Names.Logits, _graph.Kv.MemoryInfo);
        }
        else
        {
            binding.BindOutput(_graph.Config.Names.Logits, logits);
        }

        _graph.Session.Run(binding);
    }
}
