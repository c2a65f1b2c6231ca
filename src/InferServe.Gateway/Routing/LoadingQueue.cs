using InferServe.Gateway.Supervision;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Routing;

/// <summary>Requests that wait for their model to load: bounded for each model, woken in the order in which they came.</summary>
internal sealed class LoadingQueue : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<LoadingTicket> _tickets = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly WorkerSupervisor _supervisor;
    private readonly RoutingMetrics _metrics;
    private readonly int _limit;

    public LoadingQueue(WorkerSupervisor supervisor, RoutingMetrics metrics, IOptions<RoutingOptions> options)
    {
        (_supervisor, _metrics, _limit) = (supervisor, metrics, options.Value.LoadingQueueLimit);
        supervisor.Changed += WakeAll;
    }

    /// <summary>Takes a place in the queue of a model, or null when it is full.</summary>
    public LoadingTicket? TryEnter(string model)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(model);
            if (count >= _limit)
            {
                return null;
            }

            _counts[model] = count + 1;
            _metrics.SetWaiting(model, count + 1);
            var ticket = new LoadingTicket(this, model);
            _tickets.AddLast(ticket);
            return ticket;
        }
    }

    /// <summary>Everyone looks again whether its model is ready.</summary>
    public void WakeAll()
    {
        lock (_lock)
        {
            foreach (var ticket in _tickets)
            {
                ticket.Wake();
            }
        }
    }

    public void Dispose() => _supervisor.Changed -= WakeAll;

    internal void Leave(LoadingTicket ticket)
    {
        lock (_lock)
        {
            _tickets.Remove(ticket);
            var count = _counts[ticket.Model] - 1;
            _metrics.SetWaiting(ticket.Model, count);
            if (count == 0)
            {
                _counts.Remove(ticket.Model);
            }
            else
            {
                _counts[ticket.Model] = count;
            }
        }
    }
}
