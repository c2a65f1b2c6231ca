using Microsoft.Extensions.Primitives;

namespace InferServe.Gateway.Registry;

/// <summary>Holds the current <see cref="ModelRegistry"/>. Who keeps a snapshot watches its change token.</summary>
internal sealed class ModelRegistryProvider : IDisposable
{
    private readonly Lock _lock = new();
    private volatile ModelRegistry _current;
    private CancellationTokenSource _change;

    /// <param name="read">Makes the first snapshot with the given change token.</param>
    public ModelRegistryProvider(Func<IChangeToken, ModelRegistry> read)
    {
        _change = new CancellationTokenSource();
        _current = read(new CancellationChangeToken(_change.Token));
    }

    public ModelRegistry Current => _current;

    /// <summary>Puts a newer snapshot in place of the current one, and then tells who watches. When reading throws, everything stays.</summary>
    /// <param name="read">Makes the snapshot with the given change token.</param>
    public ModelRegistry Replace(Func<IChangeToken, ModelRegistry> read)
    {
        lock (_lock)
        {
            var next = new CancellationTokenSource();
            _current = read(new CancellationChangeToken(next.Token));
            (var previous, _change) = (_change, next);
            previous.Cancel();
            return _current;
        }
    }

    public void Dispose() => _change.Dispose();
}
