namespace InferServe.Engine.Admission;

/// <summary>
/// Counts the requests inside the engine, running and waiting, and decides who may enter. Thread-safe: callers enter on their own
/// threads, the engine thread lets out.
/// </summary>
internal sealed class AdmissionGate(int maxSequences, int queueLimit)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EngineState _state = EngineState.Serving;
    private int _inside;

    public EngineState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>The exception that ended the loop.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Requests inside.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Completes once the gate is closed and nobody is inside.</summary>
    public Task Emptied => _emptied.Task;

    /// <summary>Lets <paramref name="count"/> sequences in, all or none; each is followed by one <see cref="Leave"/>.</summary>
    /// <exception cref="QueueFullException">There are as many requests inside as rows and queue places.</exception>
    /// <exception cref="EngineDrainingException">The gate is closed.</exception>
    /// <exception cref="EngineFaultedException">The loop has ended by an exception.</exception>
    public void Enter(int count)
    {
        lock (_lock)
        {
            if (Refusal() is { } refusal)
            {
                throw refusal;
            }

            if (_inside + count > maxSequences + queueLimit)
            {
                throw new QueueFullException(maxSequences, queueLimit);
            }

            _inside += count;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
            SignalWhenEmpty();
        }
    }

    /// <summary>Lets nobody in from now on. The first fault wins over any other state, and Stopped over Draining.</summary>
    public void Close(EngineState state, Exception? fault = null)
    {
        lock (_lock)
        {
            if (state > _state)
            {
                _state = state;
                Fault = fault;
            }

            SignalWhenEmpty();
        }
    }

    /// <summary>Why the gate is closed, or null while it is open.</summary>
    public Exception? Refusal()
    {
        lock (_lock)
        {
            return _state switch
            {
                EngineState.Serving => null,
                EngineState.Faulted => new EngineFaultedException(Fault),
                _ => new EngineDrainingException(),
            };
        }
    }

    private void SignalWhenEmpty()
    {
        if (_inside == 0 && _state != EngineState.Serving)
        {
            _emptied.TrySetResult();
        }
    }
}
