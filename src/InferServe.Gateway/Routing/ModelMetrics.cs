using InferServe.Gateway.Metrics;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;

namespace InferServe.Gateway.Routing;

/// <summary>How the models stand.</summary>
internal sealed class ModelMetrics
{
    public ModelMetrics(GatewayMetrics gateway, ModelRegistryProvider registry, WorkerDestinations workers, WorkerSupervisor supervisor)
    {
        var metrics = Prometheus.Metrics.WithCustomRegistry(gateway.Registry);
        var ready = metrics.CreateGauge("inferserve_models_ready", "Models with at least one ready worker.");
        var load = metrics.CreateGauge("inferserve_model_load_seconds", "How long the model took to load the last time.", "model");
        gateway.Registry.AddBeforeCollectCallback(() =>
        {
            var models = registry.Current.Models;
            ready.Set(models.Count(model => workers.StatusOf(model).IsReady));
            foreach (var model in models)
            {
                if (supervisor.LoadTimeOf(model.Name) is { } time)
                {
                    load.WithLabels(model.Name).Set(time.TotalSeconds);
                }
            }
        });
    }
}
