using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Supervision;

internal static class SupervisionServiceCollectionExtensions
{
    /// <summary>Adds the <see cref="WorkerSupervisor"/> and what reaches the workers.</summary>
    public static IServiceCollection AddWorkerSupervision(this IServiceCollection services)
    {
        services.AddCheckedOptions<SupervisionOptions>(SupervisionOptions.Section);
        services.AddSingleton<WorkerSockets>();
        services.AddSingleton<WorkerProbe>();
        services.AddSingleton<WorkerFactory>();
        services.AddSingleton<WorkerSupervisor>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkerSupervisor>());
        return services;
    }
}
