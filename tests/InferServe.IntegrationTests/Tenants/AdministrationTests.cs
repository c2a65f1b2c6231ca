using System.Net;
using System.Text.Json;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Tenants;

/// <summary>What the administration tells of tenants, and what is noted of the administration.</summary>
public sealed class AdministrationTests
{
    [Fact]
    public async Task Usage_OfAKey_IsThereAtOnce()
    {
        using var models = new ModelsFolder("alpha", "beta");
        var keys = new Keys(models);
        var (first, second) = (keys.Add("first"), keys.Add("second"));
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments([.. AdminClient.Arguments, "--Usage:WriteSeconds=3600"]));
        using var admin = await AdminClient.ConnectAsync(gateway);
        await gateway.WaitUntilReadyAsync();
        foreach (var (key, model) in new[] { (first, "alpha"), (first, "beta"), (first, "beta"), (second, "beta") })
        {
            using var response = await gateway.SendAsync(key, $$"""{"model":"{{model}}"}""");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await gateway.WaitUntilAsync(async () => (await UsageAsync(admin, "")).Sum(row => row.Requests) == 4);

        Assert.Equal([("first", "alpha", 1, 5), ("first", "beta", 2, 10), ("second", "beta", 1, 5)], await UsageAsync(admin, ""));
        Assert.Equal([("first", "beta", 2, 10)], await UsageAsync(admin, "?key=first&model=beta"));
        Assert.Empty(await UsageAsync(admin, "?to=2020-01-01"));
        using var wrong = await admin.Http.GetAsync(new Uri("/admin/usage?from=yesterday", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("'from' must be a day such as 2026-01-31, is 'yesterday'.", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_AcceptedAndRefusedRequests_AreNotedWithoutTheKey()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments(AdminClient.Arguments));
        using var admin = await AdminClient.ConnectAsync(gateway);
        using var accepted = new HttpRequestMessage(HttpMethod.Get, "/admin/status?secret=1") { Headers = { { "x-request-id", "audited-1" } } };
        using var refused = new HttpRequestMessage(HttpMethod.Post, "/admin/nothing%0Aelse") { Headers = { { "x-request-id", "audited-2" } } };
        refused.Headers.TryAddWithoutValidation("Authorization", "Bearer wrong-key-of-the-tests");

        using var first = await admin.Http.SendAsync(accepted);
        using var second = await admin.Http.SendAsync(refused);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (first.StatusCode, second.StatusCode));
        await gateway.WaitUntilAsync(() => Task.FromResult(
            gateway.Output.Contains("info: InferServe.Gateway.Audit[1] GET /admin/status of the administration: 200, from 127.0.0.1, request id audited-1", StringComparison.Ordinal)
            && gateway.Output.Contains("warn: InferServe.Gateway.Audit[1] POST /admin/nothing%0Aelse of the administration: 401, from 127.0.0.1, request id audited-2", StringComparison.Ordinal)));
        Assert.DoesNotContain(AdminClient.Key, gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-key", gateway.Output, StringComparison.Ordinal);
    }

    private static async Task<(string Key, string Model, int Requests, int Tokens)[]> UsageAsync(AdminClient admin, string query)
    {
        using var body = JsonDocument.Parse(await admin.Http.GetStringAsync(new Uri($"/admin/usage{query}", UriKind.Relative)));
        return
        [
            .. body.RootElement.GetProperty("usage").EnumerateArray().Select(row => (
                row.GetProperty("key").GetString()!, row.GetProperty("model").GetString()!,
                row.GetProperty("requests").GetInt32(), row.GetProperty("generation_tokens").GetInt32())),
        ];
    }
}
