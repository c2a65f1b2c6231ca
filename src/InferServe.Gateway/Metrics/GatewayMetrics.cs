using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;
using Prometheus;

namespace InferServe.Gateway.Metrics;

/// <summary>The gateway's own metrics, in a registry of its own.</summary>
internal sealed class GatewayMetrics
{
    public GatewayMetrics(WorkerSupervisor supervisor, ModelsReloader reloader)
    {
        var metrics = Prometheus.Metrics.WithCustomRegistry(Registry);
        var restarts = metrics.CreateCounter("inferserve_worker_restarts_total", "Processes started after the worker's first.", "model", "worker");
        var memory = metrics.CreateGauge("inferserve_worker_memory_bytes", "Resident memory of the worker's process at the latest look.", "model", "worker");
        var reloads = metrics.CreateCounter("inferserve_config_reload_total", "Readings of models.json after the first, by what came of them.", "result");
        var valid = metrics.CreateGauge("inferserve_config_last_reload_successful", "1 when the latest reading of models.json is in force, 0 when it had mistakes.");
        var validSince = metrics.CreateGauge("inferserve_config_last_reload_success_timestamp_seconds", "When the models in force were read.");
        DotNetStats.Register(Registry);
        Registry.AddBeforeCollectCallback(() =>
        {
            var workers = supervisor.Workers;
            string[][] known = [.. workers.Select(status => new[] { status.Worker.Model.Name, status.Worker.Id })];
            restarts.KeepOnly(known);
            memory.KeepOnly(known);

            foreach (var status in workers)
            {
                restarts.WithLabels(status.Worker.Model.Name, status.Worker.Id).IncTo(status.Restarts);
                memory.WithLabels(status.Worker.Model.Name, status.Worker.Id).Set(status.MemoryBytes);
            }

            reloads.WithLabels("success").IncTo(reloader.Successes);
            reloads.WithLabels("failure").IncTo(reloader.Failures);
            valid.Set(reloader.Last.Succeeded ? 1 : 0);
            validSince.SetToTimeUtc(reloader.LastSuccess.At);
        });
    }

    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();
}
