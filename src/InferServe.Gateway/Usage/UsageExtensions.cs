using InferServe.Gateway.Admin;
using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Usage;

internal static class UsageExtensions
{
    /// <summary>Adds up what requests take, as metrics and in a store.</summary>
    public static IServiceCollection AddUsage(this IServiceCollection services)
    {
        services.AddCheckedOptions<UsageOptions>(UsageOptions.Section);
        services.AddSingleton<UsageMetrics>();
        services.AddSingleton<UsageRecorder>();
        services.AddSingleton<IAdminEndpoints, UsageEndpoints>();
        services.AddHostedService(provider => provider.GetRequiredService<UsageRecorder>());
        return services;
    }
}
