namespace InferServe.Gateway.Health;

/// <summary>The body of the health endpoints.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c>, <c>not_ready</c>, <c>draining</c> or <c>stopping</c>.</param>
/// <param name="Models">Every model; null where the question is only about the gateway.</param>
internal sealed record HealthReport(string Status, IReadOnlyList<ModelHealth>? Models = null);

/// <summary>A model in the health report.</summary>
/// <param name="Name">Name from models.json.</param>
/// <param name="State">State of its worker that is nearest to answering.</param>
/// <param name="ReadyWorkers">Workers that answer requests.</param>
/// <param name="Workers">Workers in all.</param>
/// <param name="Reason">Why a worker ended, while the model is not ready.</param>
internal sealed record ModelHealth(string Name, string State, int ReadyWorkers, int Workers, string? Reason);
