using InferServe.Engine.Model;
using InferServe.OnnxRuntime.Adapters;
using InferServe.OnnxRuntime.Memory;
using InferServe.OnnxRuntime.Running;

namespace InferServe.OnnxRuntime;

/// <summary>Runs a GenAI graph over rows of KV memory: guards what it is asked for, then leaves runs to <see cref="GraphRun"/> and copies to the memory.</summary>
public sealed class OnnxModelRunner : IModelRunner
{
    private readonly LoadedGraph _graph;
    private readonly GraphRun _run;
    private readonly AdapterSet _adapters;
    private (int Count, int Length) _blocks;

    /// <summary>Takes all of them over.</summary>
    internal OnnxModelRunner(LoadedGraph graph, GraphRun run, AdapterSet adapters)
    {
        _graph = graph;
        _run = run;
        _adapters = adapters;
    }

    public int VocabularySize => _graph.Config.VocabularySize;

    public int ContextLength => _graph.Shape.Capacity;

    public int Rows => _graph.Shape.Rows - KvStores.PaddingRows;

    public long KvBytesPerToken => _graph.Shape.TokenBytes;

    public int LongestChunk => AttentionScratch.LongestChunk(_graph.Config.AttentionHeads, ContextLength);

    public bool ReturnsAllPositions => !_run.LastLogitsOnly;

    /// <summary>What computes the model.</summary>
    public string Device => _graph.Session.Factory.Device;

    /// <summary>Whether keys and values are in a device's memory.</summary>
    public bool KvIsOnDevice => _graph.KvIsOnDevice;

    /// <summary>Where keys and values are, as the execution provider calls it.</summary>
    public string KvMemoryName => _graph.Kv.MemoryInfo.Name;

    /// <summary>Why devices that were tried before cannot be used, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>Loads the folder's graph, checks it against the config and runs it once.</summary>
    /// <exception cref="ModelLoadException">An option is out of range, or the graph cannot be run; every reason found is given.</exception>
    public static OnnxModelRunner Load(ModelFolder folder, OnnxRunnerOptions options) => RunnerLoading.Load(folder, options);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The plan is outside the rows, the context or the vocabulary, or asks for an adapter that is not loaded.</exception>
    public StepLogits Run(StepPlan plan)
    {
        PlanCheck.ThrowIfInvalid(plan, Rows, ContextLength, VocabularySize);
        return _run.Run(plan);
    }

    public void CopyRow(int source, int destination, int length)
    {
        ThrowUnlessInRow(source, 0, length);
        ThrowUnlessInRow(destination, 0, length);
        _graph.Kv.CopyRow(source, destination, length);
    }

    public void ReleaseRow(int row)
    {
        ThrowUnlessInRow(row, 0, 0);
        _graph.Kv.ReleaseRow(row);
    }

    public void ReserveBlocks(int count, int length)
    {
        _graph.Kv.ReserveBlocks(count, length);
        _blocks = (count, length);
    }

    public void StoreBlock(int row, int position, int block)
    {
        ThrowUnlessBlock(block);
        ThrowUnlessInRow(row, position, _blocks.Length);
        _graph.Kv.StoreBlock(row, position, block);
    }

    public void LoadBlock(int block, int row, int position)
    {
        ThrowUnlessBlock(block);
        ThrowUnlessInRow(row, position, _blocks.Length);
        _graph.Kv.LoadBlock(block, row, position);
    }

    public KvSnapshot SaveRow(int row, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ThrowUnlessInRow(row, 0, length);
        return _graph.Kv.SaveRow(row, length);
    }

    public void RestoreRow(KvSnapshot snapshot, int row)
    {
        ThrowUnlessInRow(row, 0, snapshot.Length);
        _graph.Kv.RestoreRow(snapshot, row);
    }

    public void Dispose()
    {
        _run.Dispose();
        _graph.Dispose();
        _adapters.Dispose();
    }

    private void ThrowUnlessBlock(int block) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)block, (uint)_blocks.Count, nameof(block));

    private void ThrowUnlessInRow(int row, int position, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)ContextLength, nameof(position));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(ContextLength - position), nameof(count));
    }
}
