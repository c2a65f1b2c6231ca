using InferServe.Gateway.Auditing;
using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Admin;

internal static class AdminExtensions
{
    /// <summary>Adds the administration; it listens only when configured.</summary>
    public static IServiceCollection AddAdministration(this IServiceCollection services)
    {
        services.AddCheckedOptions<AdminOptions>(AdminOptions.Section);
        services.AddSingleton<IAdminEndpoints, StatusEndpoints>();
        services.AddSingleton<IAdminEndpoints, OperationEndpoints>();
        services.AddSingleton<IAdminMiddleware, AuditLog>();
        services.AddHostedService<AdminServer>();
        return services;
    }
}
