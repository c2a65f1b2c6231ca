using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Supervision;

/// <summary>One worker that the gateway runs: a replica of a model.</summary>
/// <param name="Id">Unique, and a valid host name: it names the worker in logs, metrics and the proxy's addresses.</param>
/// <param name="Model">What the worker serves.</param>
internal sealed record WorkerDefinition(string Id, ModelDefinition Model);
