using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Health;

/// <summary>
/// <c>InferServe.Gateway health [live|ready]</c>: asks the gateway on this machine whether it lives or is ready, for container health checks.
/// The address comes from <c>Kestrel:Endpoints</c>, <c>--urls</c> or <c>ASPNETCORE_URLS</c>, as it does for the gateway.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <returns>0 when the gateway is as asked (ready, when nothing is said), else 1; the answer is on the console.</returns>
    public static async Task<int> RunAsync(string[] settings)
    {
        var (probe, rest) = settings is ["live" or "ready", ..] ? (settings[0], settings[1..]) : ("ready", settings);
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().AddCommandLine(rest).Build();
        var address = new Uri(new Uri(ListenAddress.Callable(Listening(configuration).Split(';')[0])), $"/health/{probe}");

        // The certificate is made for the name that clients use, which is not the one asked here.
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var response = await client.GetAsync(address);
            Console.WriteLine(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {exception.Message}");
            return 1;
        }
    }

    /// <summary>The first address of the gateway; endpoints win over urls, as they do in the web server.</summary>
    private static string Listening(IConfiguration configuration) =>
        configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).FirstOrDefault(url => !string.IsNullOrEmpty(url))
        ?? (configuration["urls"] is { Length: > 0 } urls ? urls : ListenAddress.Default);
}
