using System.Reflection;

namespace InferServe.Gateway.Hosting;

internal static class ProductVersion
{
    /// <summary>The version of the gateway, such as <c>0.1.0</c>, without the build's metadata.</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
