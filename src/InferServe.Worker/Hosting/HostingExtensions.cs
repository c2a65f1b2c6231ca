using Microsoft.Extensions.Options;

namespace InferServe.Worker.Hosting;

internal static class HostingExtensions
{
    /// <summary>How long the host may take to stop after the model has drained.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    /// <summary>Reads and checks the configuration, and ties the worker's life to its parent's.</summary>
    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>();
        services.AddOptions<HostOptions>().Configure<IOptions<WorkerOptions>>(
            (host, worker) => host.ShutdownTimeout = TimeSpan.FromSeconds(worker.Value.DrainSeconds) + StopPatience);
        services.AddSingleton(TimeProvider.System);
        services.AddHostedService<ParentWatcher>();
        return builder;
    }
}
