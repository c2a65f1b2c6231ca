namespace InferServe.Gateway.Supervision;

/// <summary>The requests that one worker has in hand. Once closed it takes no more, and tells when the last has ended.</summary>
internal sealed class WorkerTraffic(TimeProvider time)
{
    private const double NewestShare = 0.1;

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;
    private bool _closed;
    private long _lastUsed = time.GetTimestamp();

    /// <summary>Requests sent to the worker and not answered to the end.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Whether any request has been sent to the worker.</summary>
    public bool HasServed { get; private set; }

    /// <summary>How long no request has begun or ended; zero while one runs.</summary>
    public TimeSpan UnusedFor => Requests > 0 ? TimeSpan.Zero : time.GetElapsedTime(Interlocked.Read(ref _lastUsed));

    /// <summary>How long requests took of late; null before the first has ended.</summary>
    public TimeSpan? MeanDuration { get; private set; }

    /// <summary>Completes when the worker takes no more requests and has none.</summary>
    public Task Idle => _idle.Task;

    /// <summary>Counts a request, unless the worker takes no more. Who entered leaves.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _requests++;
            HasServed = true;
            _lastUsed = time.GetTimestamp();
            return true;
        }
    }

    /// <param name="duration">How long the request took.</param>
    public void Leave(TimeSpan duration)
    {
        lock (_lock)
        {
            MeanDuration = MeanDuration is { } mean ? (mean * (1 - NewestShare)) + (duration * NewestShare) : duration;
            _lastUsed = time.GetTimestamp();
            if (--_requests == 0 && _closed)
            {
                _idle.TrySetResult();
            }
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            if (_requests == 0)
            {
                _idle.TrySetResult();
            }
        }
    }
}
