using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;
using Prometheus;

namespace InferServe.Gateway.Metrics;

/// <summary>The gateway's own metrics, in a registry of its own.</summary>
internal sealed class GatewayMetrics
{
    public GatewayMetrics(ModelRegistryProvider registry, WorkerSupervisor supervisor)
    {
        var metrics = Prometheus.Metrics.WithCustomRegistry(Registry);
        var up = metrics.CreateGauge("inferserve_worker_up", "1 when the worker answers requests, else 0.", "model", "worker");
        var restarts = metrics.CreateCounter("inferserve_worker_restarts_total", "Processes started after the worker's first.", "model", "worker");
        var ready = metrics.CreateGauge("inferserve_models_ready", "Models with at least one ready worker.");
        DotNetStats.Register(Registry);
        Registry.AddBeforeCollectCallback(() =>
        {
            foreach (var status in supervisor.Workers)
            {
                up.WithLabels(status.Worker.Model.Name, status.Worker.Id).Set(status.State == WorkerState.Ready ? 1 : 0);
                restarts.WithLabels(status.Worker.Model.Name, status.Worker.Id).IncTo(status.Restarts);
            }

            ready.Set(registry.Current.Models.Count(model => supervisor.StatusOf(model).IsReady));
        });
    }

    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();
}
