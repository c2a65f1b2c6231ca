using InferServe.Gateway.Metrics;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;
using Prometheus;

namespace InferServe.Gateway.Routing;

/// <summary>How the models and their workers stand.</summary>
internal sealed class ModelMetrics
{
    private readonly ModelRegistryProvider _registry;
    private readonly WorkerDestinations _destinations;
    private readonly WorkerSupervisor _supervisor;
    private readonly Gauge _ready;
    private readonly Gauge _load;
    private readonly Gauge _up;

    public ModelMetrics(GatewayMetrics gateway, ModelRegistryProvider registry, WorkerDestinations destinations, WorkerSupervisor supervisor)
    {
        (_registry, _destinations, _supervisor) = (registry, destinations, supervisor);
        var metrics = Prometheus.Metrics.WithCustomRegistry(gateway.Registry);
        _ready = metrics.CreateGauge("inferserve_models_ready", "Models with at least one ready worker.");
        _load = metrics.CreateGauge("inferserve_model_load_seconds", "How long the model took to load the last time.", "model");
        _up = metrics.CreateGauge("inferserve_worker_up", "1 when the worker answers requests, else 0; a worker that only finishes what it has is not shown.", "model", "worker");
        gateway.Registry.AddBeforeCollectCallback(Look);
    }

    private void Look()
    {
        var models = _registry.Current.Models;
        _ready.Set(models.Count(model => _destinations.StatusOf(model).IsReady));
        Show(_load, [.. models.Select(model => (Labels: new[] { model.Name }, Time: _supervisor.LoadTimeOf(model.Name)))
            .Where(load => load.Time is not null).Select(load => (load.Labels, load.Time!.Value.TotalSeconds))]);
        Show(_up, [.. OwnWorkers(), .. models.Where(model => model.IsRemote).SelectMany(RemoteWorkers)]);
    }

    private IEnumerable<(string[] Labels, double Value)> OwnWorkers() => _supervisor.Workers
        .Where(status => status.State is not (WorkerState.Stopping or WorkerState.Stopped))
        .Select(status => (new[] { status.Worker.Model.Name, status.Worker.Id }, status.State == WorkerState.Ready ? 1.0 : 0));

    private IEnumerable<(string[] Labels, double Value)> RemoteWorkers(ModelDefinition model) => _destinations.RemoteWorkersOf(model)
        .Select(worker => (new[] { model.Name, worker.Address }, worker.IsHealthy ? 1.0 : 0));

    /// <summary>Shows these values and no others.</summary>
    private static void Show(Gauge gauge, (string[] Labels, double Value)[] samples)
    {
        gauge.KeepOnly([.. samples.Select(sample => sample.Labels)]);
        foreach (var (labels, value) in samples)
        {
            gauge.WithLabels(labels).Set(value);
        }
    }
}
