using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Routing;
using InferServe.Gateway.Supervision;

namespace InferServe.Gateway.Admin;

/// <summary><c>GET /admin/status</c>: what runs.</summary>
internal sealed class StatusEndpoints(
    ModelRegistryProvider registry, WorkerSupervisor supervisor, WorkerDestinations destinations, ModelsReloader reloader, RequestDrain drain) : IAdminEndpoints
{
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/status", () => TypedResults.Json(Report(), AdminJsonContext.Default.StatusReport));

    private StatusReport Report() => new(
        ProductVersion.Text,
        drain.IsPaused || drain.Stopping.IsCancellationRequested,
        supervisor.UsedBytes,
        registry.Current.MemoryBytes,
        ReloadReport.Of(reloader.Last),
        [.. registry.Current.Models.Select(model => Describe(destinations.StatusOf(model)))],
        [.. supervisor.Workers.Select(Describe)]);

    private ModelReport Describe(ModelStatus status) => new(
        status.Model.Name,
        AdminJsonContext.Name(status.State),
        status.Describe(),
        status.ReadyWorkers,
        status.Model.IsRemote ? "elsewhere" : AdminJsonContext.Name(status.Model.Load),
        supervisor.LoadTimeOf(status.Model.Name)?.TotalSeconds);

    private WorkerReport Describe(WorkerStatus status) => new(
        status.Worker.Id,
        status.Worker.Model.Name,
        AdminJsonContext.Name(status.State),
        status.Since,
        status.ProcessId,
        supervisor.Fleet.Workers.GetValueOrDefault(status.Worker.Id)?.Traffic.Requests,
        status.MemoryBytes,
        status.Restarts,
        status.Reason);
}
