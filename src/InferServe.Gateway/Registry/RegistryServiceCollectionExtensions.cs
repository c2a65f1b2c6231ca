using InferServe.Gateway.Hosting;
using Microsoft.Extensions.Primitives;

namespace InferServe.Gateway.Registry;

internal static class RegistryServiceCollectionExtensions
{
    /// <summary>Reads the models file and adds its <see cref="ModelRegistryProvider"/>.</summary>
    /// <exception cref="ModelsFileException">The file is absent or has mistakes.</exception>
    public static IServiceCollection AddModelRegistry(this IServiceCollection services, IConfiguration configuration)
    {
        var given = configuration["Models"] ?? configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.Models)}"];
        var file = ModelsFileLocator.Locate(given, Directory.GetCurrentDirectory(), AppContext.BaseDirectory);
        var registry = ModelsFileReader.Read(file, new CancellationChangeToken(CancellationToken.None));
        return services.AddSingleton(new ModelRegistryProvider(registry));
    }
}
