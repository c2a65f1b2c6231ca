using InferServe.LoadTests.Measuring;

namespace InferServe.LoadTests.Running;

/// <summary>The records of a run as they come, and the counts that the terminal shows meanwhile.</summary>
internal sealed class RunProgress
{
    private readonly Lock _lock = new();
    private readonly List<RequestRecord> _records = [];
    private int _sent;
    private int _failed;
    private long _tokens;
    private double _worstLag;

    public void Sent() => Interlocked.Increment(ref _sent);

    public void Ended(RequestRecord record)
    {
        lock (_lock)
        {
            _records.Add(record);
            _failed += record.Outcome == RequestOutcome.Failed ? 1 : 0;
            _tokens += record.CompletionTokens;
            _worstLag = Math.Max(_worstLag, record.Lag);
        }
    }

    public (int Sent, int Ended, int Failed, long Tokens, double WorstLag) Counts()
    {
        lock (_lock)
        {
            return (_sent, _records.Count, _failed, _tokens, _worstLag);
        }
    }

    /// <summary>All records, in the order of their planned times.</summary>
    public IReadOnlyList<RequestRecord> Records()
    {
        lock (_lock)
        {
            return [.. _records.OrderBy(record => record.Planned)];
        }
    }
}
