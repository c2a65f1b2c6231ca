using InferServe.Engine.Model;

namespace InferServe.UnitTests.Engine;

/// <summary>
/// A model whose KV memory is the tokens themselves and whose logits are a hash of what the row really holds. A token written to a
/// wrong row or position, or a copy of a wrong length, therefore shows as wrong output. It refuses plans that break the contract.
/// </summary>
internal sealed class ScriptedRunner(int rows, int contextLength = 64, int vocabularySize = 32) : IModelRunner
{
    private readonly List<int>[] _rows = [.. Enumerable.Range(0, rows).Select(_ => new List<int>())];

    public int VocabularySize => vocabularySize;

    public int ContextLength => contextLength;

    public int Rows => rows;

    public List<StepPlan> Plans { get; } = [];

    public List<(int Source, int Destination, int Length)> Copies { get; } = [];

    public bool IsDisposed { get; private set; }

    /// <summary>Called with each plan before it runs; may throw.</summary>
    public Action<StepPlan>? OnRun { get; set; }

    /// <summary>Changes the logits of a row that holds the given tokens.</summary>
    public Action<IReadOnlyList<int>, Span<float>>? OnLogits { get; set; }

    public StepLogits Run(StepPlan plan)
    {
        Plans.Add(plan);
        OnRun?.Invoke(plan);
        var entries = new List<float[]>();
        var touched = new HashSet<int>();
        for (int i = 0; i < (plan.Decode?.Count ?? 0); i++)
        {
            int row = plan.Decode!.FirstRow + i;
            Require(touched.Add(row), $"row {row} twice");
            Write(row, plan.Decode.Positions.Span[i], [plan.Decode.Tokens.Span[i]]);
            entries.Add(LogitsOf(_rows[row]));
        }

        foreach (PrefillChunk chunk in plan.Prefill)
        {
            Require(touched.Add(chunk.Row), $"row {chunk.Row} twice");
            Require(chunk.Tokens.Length > 0, "an empty chunk");
            Write(chunk.Row, chunk.Position, chunk.Tokens.Span);
            if (chunk.NeedsLogits)
            {
                entries.Add(LogitsOf(_rows[chunk.Row]));
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
        _rows[source].Clear();
    }

    public void Dispose() => IsDisposed = true;

    /// <summary>The logits after the given tokens.</summary>
    public float[] LogitsOf(IReadOnlyList<int> tokens)
    {
        ulong hash = 14695981039346656037;
        foreach (int token in tokens)
        {
            hash = (hash ^ (uint)token) * 1099511628211;
        }

        var logits = new float[vocabularySize];
        for (int token = 0; token < logits.Length; token++)
        {
            ulong mixed = (hash + (ulong)token + 1) * 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9;
            logits[token] = (float)((mixed >> 40) / (double)(1 << 24) * 6);
        }

        OnLogits?.Invoke(tokens, logits);
        return logits;
    }

    private void Write(int row, int position, ReadOnlySpan<int> tokens)
    {
        Require(position <= _rows[row].Count, $"row {row} holds {_rows[row].Count} tokens; position {position} leaves a gap");
        Require(position + tokens.Length <= contextLength, $"row {row} is full");
        _rows[row].RemoveRange(position, _rows[row].Count - position);
        _rows[row].AddRange(tokens);
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidOperationException(problem);
        }
    }
}
