using InferServe.Contracts.Errors;
using Prometheus;

namespace InferServe.Gateway.Metrics;

/// <summary>Counts the requests that the gateway itself answers with an error; workers count theirs under the same name.</summary>
internal sealed class RejectedRequests(GatewayMetrics gateway)
{
    private readonly Counter _rejected = Prometheus.Metrics.WithCustomRegistry(gateway.Registry)
        .CreateCounter("inferserve_rejected_total", "Requests answered with an error, by its code.", "reason");

    public void Count(ApiError error) => _rejected.WithLabels(error.Code ?? "other").Inc();
}
