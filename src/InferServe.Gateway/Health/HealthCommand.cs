using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Health;

/// <summary>
/// <c>InferServe.Gateway health</c>: asks the gateway on this machine whether it is ready, for container health checks.
/// The address comes from <c>--urls</c> or <c>ASPNETCORE_URLS</c>, as it does for the gateway.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <returns>0 when the gateway is ready, else 1; the answer is on the console.</returns>
    public static async Task<int> RunAsync(string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(settings).Build();
        var urls = configuration["urls"] is { Length: > 0 } given ? given : ListenAddress.Default;
        var address = new Uri(new Uri(ListenAddress.Callable(urls.Split(';')[0])), "/health/ready");
        using var client = new HttpClient { Timeout = Patience };
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
}
