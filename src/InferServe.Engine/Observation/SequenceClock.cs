namespace InferServe.Engine.Observation;

/// <summary>When the phases of one sequence began; created when it is queued.</summary>
internal sealed class SequenceClock(TimeProvider time)
{
    private readonly long _queued = time.GetTimestamp();
    private long? _started;
    private long? _firstToken;
    private long _latestToken;

    public TimeSpan? QueueTime => Between(_queued, _started);

    public TimeSpan? TimeToFirstToken => Between(_queued, _firstToken);

    public TimeSpan? PrefillTime => Between(_started, _firstToken);

    /// <summary>Marks the first step; false when it was marked before.</summary>
    public bool TryStart()
    {
        if (_started is not null)
        {
            return false;
        }

        _started = time.GetTimestamp();
        return true;
    }

    /// <summary>Marks a token; returns the time since the one before, or null for the first.</summary>
    public TimeSpan? Token()
    {
        long now = time.GetTimestamp();
        TimeSpan? latency = _firstToken is null ? null : time.GetElapsedTime(_latestToken, now);
        _firstToken ??= now;
        _latestToken = now;
        return latency;
    }

    /// <summary>The time since the first token and since the queueing.</summary>
    public (TimeSpan? Decode, TimeSpan Total) End()
    {
        long now = time.GetTimestamp();
        return (Between(_firstToken, now), time.GetElapsedTime(_queued, now));
    }

    private TimeSpan? Between(long? from, long? to) =>
        from is { } start && to is { } end ? time.GetElapsedTime(start, end) : null;
}
