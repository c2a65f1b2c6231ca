using InferServe.Gateway.Hosting;
using InferServe.Gateway.Supervision;

namespace InferServe.Gateway.Admin;

/// <summary><c>GET /admin/status</c>: what runs.</summary>
internal sealed class StatusEndpoints(WorkerSupervisor supervisor) : IAdminEndpoints
{
    public void Map(IEndpointRouteBuilder admin)
        => admin.MapGet("/status", () => TypedResults.Json(
            new StatusReport(ProductVersion.Text, [.. supervisor.Workers.Select(Describe)]), AdminJsonContext.Default.StatusReport));

    private static WorkerReport Describe(WorkerStatus status) => new(
        status.Worker.Id, status.Worker.Model.Name, AdminJsonContext.Name(status.State), status.Since, status.ProcessId, status.Restarts, status.Reason);
}
