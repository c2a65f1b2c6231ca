using System.Net;
using System.Text.RegularExpressions;
using InferServe.IntegrationTests.Gateway;
using InferServe.IntegrationTests.Tenants;

namespace InferServe.IntegrationTests.Observability;

public sealed partial class MetricsAddressTests
{
    private const string Key = "key-of-the-metrics";

    [Fact]
    public async Task Metrics_AddressOfTheirOwn_AreThereOnlyAndWithTheKeyOnly()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Metrics:Listen=http://127.0.0.1:0", $"--Metrics:Key={Key}"));
        using var client = new HttpClient { BaseAddress = new Uri(Address().Match(gateway.Output).Groups[1].Value) };

        using var elsewhere = await gateway.SendAsync(key: null, body: null, path: "/metrics");
        using var without = await client.GetAsync(new Uri("/metrics", UriKind.Relative));
        using var other = await client.GetAsync(new Uri("/v1/models", UriKind.Relative));
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {Key}");
        var text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound), (elsewhere.StatusCode, without.StatusCode, other.StatusCode));
        Assert.Contains("inferserve_models_ready", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_KeyOnThePublicAddress_IsAskedFor()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments($"--Metrics:Key={Key}"));

        using var without = await gateway.SendAsync(key: null, body: null, path: "/metrics");
        using var with = await gateway.SendAsync(Key, body: null, path: "/metrics");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
    }

    [GeneratedRegex("The metrics are at (http://\\S+)/metrics")]
    private static partial Regex Address();
}
