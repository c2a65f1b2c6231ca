namespace InferServe.Gateway.Admin;

/// <summary>The body of <c>GET /admin/status</c>.</summary>
/// <param name="Version">The gateway's version.</param>
/// <param name="Workers">Every worker process.</param>
internal sealed record StatusReport(string Version, IReadOnlyList<WorkerReport> Workers);

/// <summary>A worker in the status report.</summary>
/// <param name="Id">Names the worker in logs and metrics.</param>
/// <param name="Model">Name from models.json.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">When it came there.</param>
/// <param name="Pid">Its process; null when there is none.</param>
/// <param name="Restarts">Processes started after the first.</param>
/// <param name="Reason">Why its last process ended.</param>
internal sealed record WorkerReport(string Id, string Model, string State, DateTimeOffset Since, int? Pid, int Restarts, string? Reason);
