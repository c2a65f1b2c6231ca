using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Registry;

internal static class RegistryServiceCollectionExtensions
{
    /// <summary>Reads the models file and adds its <see cref="ModelRegistryProvider"/> and what reads it again.</summary>
    /// <exception cref="ModelsFileException">The file is absent or has mistakes.</exception>
    public static IServiceCollection AddModelRegistry(this IServiceCollection services, IConfiguration configuration)
    {
        var given = configuration["Models"] ?? configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.Models)}"];
        var file = ModelsFileLocator.Locate(given, Directory.GetCurrentDirectory(), AppContext.BaseDirectory);
        var registry = new ModelRegistryProvider(changeToken => ModelsFileReader.Read(file, changeToken));
        return services.AddSingleton(registry)
            .AddSingleton<ModelsReloader>()
            .AddHostedService<ModelsFileWatcher>()
            .AddHostedService<HangupReload>();
    }
}
