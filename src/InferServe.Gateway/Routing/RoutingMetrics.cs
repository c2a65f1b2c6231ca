using InferServe.Gateway.Metrics;
using Prometheus;

namespace InferServe.Gateway.Routing;

/// <summary>What routing decided.</summary>
internal sealed class RoutingMetrics
{
    private readonly Counter _choices;
    private readonly Counter _retries;
    private readonly Gauge _waiting;

    public RoutingMetrics(GatewayMetrics gateway)
    {
        var metrics = Prometheus.Metrics.WithCustomRegistry(gateway.Registry);
        _choices = metrics.CreateCounter(
            "inferserve_routing_choices_total",
            "Choices among several workers: prefix (one that knows the prompt's beginning), overload (that one has too many requests), load (none knows it).",
            "reason");
        _retries = metrics.CreateCounter(
            "inferserve_routing_retries_total", "Requests sent to another worker because one was lost or refused them.", "model", "reason");
        _waiting = metrics.CreateGauge("inferserve_loading_requests_waiting", "Requests that wait for their model to load.", "model");
    }

    public void CountChoice(bool hit, bool couldHit) => _choices.WithLabels(hit ? "prefix" : couldHit ? "overload" : "load").Inc();

    public void CountRetry(string model, bool lost) => _retries.WithLabels(model, lost ? "lost" : "refused").Inc();

    public void SetWaiting(string model, int requests) => _waiting.WithLabels(model).Set(requests);
}
