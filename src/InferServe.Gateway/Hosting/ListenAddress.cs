namespace InferServe.Gateway.Hosting;

/// <summary>Decides where the gateway listens when nobody says.</summary>
internal static class ListenAddress
{
    /// <summary>Loopback only: whoever wants more says so.</summary>
    public const string Default = "http://localhost:8000";

    private static readonly string[] Settings = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    /// <summary>Whether the command line, the environment or a file names an address.</summary>
    public static bool IsConfigured(IConfiguration configuration)
        => Settings.Select(configuration.GetSection).Any(section => !string.IsNullOrEmpty(section.Value) || section.GetChildren().Any());

    /// <summary>An address a client on this machine can call: a wildcard becomes localhost.</summary>
    public static string Callable(string address) => address
        .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
        .Replace("//[::]", "//localhost", StringComparison.Ordinal)
        .Replace("//+", "//localhost", StringComparison.Ordinal)
        .Replace("//*", "//localhost", StringComparison.Ordinal)
        .TrimEnd('/');
}
