using InferServe.Gateway.Hosting;
using InferServe.Gateway.Logging;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Routing;
using InferServe.Gateway.Supervision;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Startup;

/// <summary>Says on the console, once every model is ready or has failed, where the gateway listens and how to call it; not among JSON.</summary>
internal sealed class StartupBanner(
    ModelRegistryProvider registry, WorkerSupervisor supervisor, WorkerDestinations workers, IServer server, IHostApplicationLifetime lifetime, IOptions<LogOptions> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await Task.WhenAll(started.Task, supervisor.Settled).WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        if (log.Value.Format == LogFormat.Json)
        {
            return;
        }

        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var models = registry.Current.Models.Select(workers.StatusOf);
        await Console.Out.WriteLineAsync(BannerText.Compose(ProductVersion.Text, [.. addresses], [.. models]));
    }
}
