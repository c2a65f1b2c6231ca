using InferServe.Gateway.Hosting;
using InferServe.Gateway.Quotas;
using InferServe.Gateway.Registry;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Tenants;

internal static class TenantsExtensions
{
    /// <summary>Reads the keys, watches their file, and guards the listening addresses.</summary>
    /// <exception cref="KeysFileException">The keys file has mistakes.</exception>
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddCheckedOptions<TenantsOptions>(TenantsOptions.Section);
        services.AddSingleton(provider => CreateProvider(
            provider.GetRequiredService<IOptions<TenantsOptions>>().Value, provider.GetRequiredService<ModelRegistryProvider>().Current.File));
        services.AddHostedService<KeysReload>();
        services.AddSingleton<QuotaBook>();
        services.AddOptions<SocketTransportOptions>().Configure<KeyRingProvider, IOptions<GatewayOptions>>((transport, keys, gateway) =>
            transport.CreateBoundListenSocket = address => ListenGuard.Bind(address, keys.Current is not null, gateway.Value.AllowAnonymous));
        return services;
    }

    /// <summary>Asks for keys; see <see cref="AuthenticationMiddleware"/>.</summary>
    public static WebApplication UseTenants(this WebApplication app)
    {
        app.UseMiddleware<AuthenticationMiddleware>();
        return app;
    }

    private static KeyRingProvider CreateProvider(TenantsOptions options, string modelsFile)
    {
        var file = KeysReader.Locate(options.Keys, modelsFile);
        if (string.IsNullOrEmpty(options.ApiKey))
        {
            return new KeyRingProvider(file is null ? null : KeysReader.ReadFile(file).Keys, file);
        }

        return file is null ? new KeyRingProvider(KeysReader.OfSetting(options.ApiKey), null) : throw new OptionsValidationException(
            Options.DefaultName,
            typeof(TenantsOptions),
            [$"{TenantsOptions.Section}:{nameof(TenantsOptions.ApiKey)} is set and there is the keys file {file}; keys come from one place only."]);
    }
}
