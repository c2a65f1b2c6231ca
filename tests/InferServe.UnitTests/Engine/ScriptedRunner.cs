using InferServe.Engine.Model;

namespace InferServe.UnitTests.Engine;

/// <summary>
/// A model whose KV memory is the tokens themselves and whose logits are a hash of what the row really holds. A token written to a
/// wrong row or position, or a copy of a wrong length, therefore shows as wrong output. It refuses plans that break the contract.
/// With <see cref="RoundsLikeKernels"/> it also rounds like the real one: values written by one-token runs differ from those of
/// longer ones, and runs of a single row of one token differ from all others.
/// </summary>
internal sealed class ScriptedRunner(int rows, int contextLength = 64, int vocabularySize = 32) : IModelRunner
{
    private const int ByDecode = 1 << 20;
    private const int ByLoneDecode = 1 << 21;
    private const int TokenBits = ByDecode - 1;

    private readonly List<int>[] _rows = [.. Enumerable.Range(0, rows + 1).Select(_ => new List<int>())];
    private int[][] _blocks = [];
    private int _blockLength;

    public int VocabularySize => vocabularySize;

    public int ContextLength => contextLength;

    public int Rows => rows;

    public long KvBytesPerToken => 4;

    public int LongestChunk { get; set; } = int.MaxValue;

    public bool ReturnsAllPositions { get; set; } = true;

    /// <summary>Whether how a token was run shows in the logits.</summary>
    public bool RoundsLikeKernels { get; set; }

    public List<StepPlan> Plans { get; } = [];

    public List<(int Source, int Destination, int Length)> Copies { get; } = [];

    public List<(int Block, int Row, int Position)> Loads { get; } = [];

    /// <summary>Snapshots that are not disposed.</summary>
    public int Snapshots { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Called with each plan before it runs; may throw.</summary>
    public Action<StepPlan>? OnRun { get; set; }

    /// <summary>Called with each row before it is released; may throw.</summary>
    public Action<int>? OnRelease { get; set; }

    /// <summary>Changes the logits of a row that holds the given tokens.</summary>
    public Action<IReadOnlyList<int>, Span<float>>? OnLogits { get; set; }

    public StepLogits Run(StepPlan plan)
    {
        Plans.Add(plan);
        OnRun?.Invoke(plan);
        var entries = new List<float[]>();
        var touched = new HashSet<int>();
        foreach (DecodeBatch batch in plan.Decode)
        {
            int mark = batch.Count == 1 ? ByLoneDecode : ByDecode;
            for (int i = 0; i < batch.Count; i++)
            {
                int row = batch.FirstRow + i;
                bool padding = batch.IsPadded && i == batch.Count - 1;
                Require(padding || touched.Add(row), $"row {row} twice");
                Require(!padding || !touched.Contains(row), $"padding in row {row}, which has run already");
                Write(row, batch.Positions.Span[i], [batch.Tokens.Span[i]], padding ? 0 : mark, batch.Adapter);
                if (!padding)
                {
                    entries.Add(LogitsOf(_rows[row]));
                }
            }
        }

        foreach (PrefillChunk chunk in plan.Prefill)
        {
            Require(touched.Add(chunk.Row), $"row {chunk.Row} twice");
            Require(chunk.Tokens.Length > 0, "an empty chunk");
            Require(chunk.Logits <= 1 || ReturnsAllPositions, "logits of several positions");
            Write(chunk.Row, chunk.Position, chunk.Tokens.Span, chunk.Tokens.Length == 1 ? ByLoneDecode : 0, chunk.Adapter);
            for (int i = chunk.Logits; i > 0; i--)
            {
                entries.Add(LogitsOf(_rows[chunk.Row][..^(i - 1)]));
            }
        }

        return new StepLogits(entries.SelectMany(e => e).ToArray(), vocabularySize);
    }

    public void CopyRow(int source, int destination, int length)
    {
        Require(source != destination && length <= _rows[source].Count, $"copy {length} of {_rows[source].Count} from {source} to {destination}");
        Copies.Add((source, destination, length));
        _rows[destination].Clear();
        _rows[destination].AddRange(_rows[source][..length]);
    }

    public void ReleaseRow(int row)
    {
        OnRelease?.Invoke(row);
        _rows[row].Clear();
    }

    public void ReserveBlocks(int count, int length)
    {
        _blocks = new int[count][];
        _blockLength = length;
    }

    public void StoreBlock(int row, int position, int block) => _blocks[block] = [.. _rows[row].GetRange(position, _blockLength)];

    public void LoadBlock(int block, int row, int position)
    {
        Loads.Add((block, row, position));
        Write(row, position, _blocks[block]);
    }

    public KvSnapshot SaveRow(int row, int length)
    {
        Snapshots++;
        return new Snapshot(this, _rows[row][..length]);
    }

    public void RestoreRow(KvSnapshot snapshot, int row)
    {
        _rows[row].Clear();
        _rows[row].AddRange(((Snapshot)snapshot).Values);
    }

    public void Dispose() => IsDisposed = true;

    /// <summary>The logits after the given tokens.</summary>
    public float[] LogitsOf(IReadOnlyList<int> values)
    {
        ulong hash = 14695981039346656037;
        foreach (int value in values)
        {
            hash = (hash ^ (uint)(RoundsLikeKernels ? value : value & TokenBits)) * 1099511628211;
        }

        var logits = new float[vocabularySize];
        for (int token = 0; token < logits.Length; token++)
        {
            ulong mixed = (hash + (ulong)token + 1) * 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9;
            logits[token] = (float)((mixed >> 40) / (double)(1 << 24) * 6);
        }

        OnLogits?.Invoke([.. values.Select(v => v & TokenBits)], logits);
        return logits;
    }

    private void Write(int row, int position, ReadOnlySpan<int> tokens, int mark, string? adapter)
    {
        // A token's keys and values depend on the adapter that ran it.
        int salt = adapter is null ? 0 : (adapter.Length + adapter[^1]) << 12;
        int[] values = new int[tokens.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Require(tokens[i] is >= 0 and < 4096, $"token {tokens[i]}");
            values[i] = (tokens[i] | mark) + salt;
        }

        Write(row, position, values);
    }

    private void Write(int row, int position, ReadOnlySpan<int> values)
    {
        Require(position <= _rows[row].Count, $"row {row} holds {_rows[row].Count} tokens; position {position} leaves a gap");
        Require(position + values.Length <= contextLength, $"row {row} is full");
        _rows[row].RemoveRange(position, _rows[row].Count - position);
        _rows[row].AddRange(values);
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private sealed class Snapshot(ScriptedRunner runner, List<int> values) : KvSnapshot(values.Count)
    {
        private bool _disposed;

        public List<int> Values => _disposed ? throw new ObjectDisposedException(nameof(Snapshot)) : values;

        public override void Dispose()
        {
            if (!_disposed)
            {
                _disposed = true;
                runner.Snapshots--;
            }
        }
    }
}
