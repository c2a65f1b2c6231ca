namespace InferServe.Gateway.Routing;

/// <summary>A place in the <see cref="LoadingQueue"/>.</summary>
internal sealed class LoadingTicket(LoadingQueue queue, string model) : IDisposable
{
    private readonly SemaphoreSlim _woken = new(0, 1);

    public string Model => model;

    /// <summary>Waits until something has changed since the last time, but not longer than <paramref name="most"/>.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => _woken.WaitAsync(most, cancellationToken);

    public void Dispose()
    {
        queue.Leave(this);
        _woken.Dispose();
    }

    /// <summary>Called under the queue's lock.</summary>
    internal void Wake()
    {
        if (_woken.CurrentCount == 0)
        {
            _woken.Release();
        }
    }
}
