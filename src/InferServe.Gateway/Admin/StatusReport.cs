namespace InferServe.Gateway.Admin;

/// <summary>The body of <c>GET /admin/status</c>.</summary>
/// <param name="Version">The gateway's version.</param>
/// <param name="Draining">Whether new requests are kept away.</param>
/// <param name="MemoryBytes">Memory that worker processes take or are about to.</param>
/// <param name="MemoryBudgetBytes">What models.json allows them together.</param>
/// <param name="Reload">The latest reading of models.json.</param>
/// <param name="Models">Every model of the registry.</param>
/// <param name="Workers">Every worker process.</param>
internal sealed record StatusReport(
    string Version,
    bool Draining,
    long MemoryBytes,
    long? MemoryBudgetBytes,
    ReloadReport Reload,
    IReadOnlyList<ModelReport> Models,
    IReadOnlyList<WorkerReport> Workers);

/// <summary>A model in the status report.</summary>
/// <param name="Name">Name from models.json.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Description">The same for people.</param>
/// <param name="ReadyWorkers">Workers that answer requests.</param>
/// <param name="Load">When its workers run: <c>eager</c>, <c>on_demand</c>, or <c>elsewhere</c> for workers on other machines.</param>
/// <param name="LoadSeconds">How long it took to load the last time.</param>
internal sealed record ModelReport(string Name, string State, string Description, int ReadyWorkers, string Load, double? LoadSeconds);

/// <summary>A worker in the status report.</summary>
/// <param name="Id">Names the worker in logs and metrics.</param>
/// <param name="Model">Name from models.json.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">When it came there.</param>
/// <param name="Pid">Its process; null when there is none.</param>
/// <param name="Requests">Requests that it has in hand; null for a retired worker.</param>
/// <param name="MemoryBytes">Resident memory at the latest look.</param>
/// <param name="Restarts">Processes started after the first.</param>
/// <param name="Reason">Why its last process ended.</param>
internal sealed record WorkerReport(
    string Id, string Model, string State, DateTimeOffset Since, int? Pid, int? Requests, long MemoryBytes, int Restarts, string? Reason);
