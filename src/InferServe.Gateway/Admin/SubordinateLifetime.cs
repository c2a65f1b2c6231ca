namespace InferServe.Gateway.Admin;

/// <summary>A host that starts and stops when the gateway says so: signals are the gateway's business.</summary>
internal sealed class SubordinateLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
