using System.Net;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Tenants;

/// <summary>Who is let in.</summary>
public sealed class KeysTests
{
    private static readonly string[] AllowedModels = ["beta-alias"];

    [Fact]
    public async Task Request_KeyInAnyHeader_ReachesTheWorkerWithoutIt()
    {
        using var models = new ModelsFolder("alpha");
        var keys = new Keys(models);
        var key = keys.Add("team-a", new { tenant = "acme", priority = -3 });
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments());
        await gateway.WaitUntilReadyAsync();

        foreach (var header in new[] { "Authorization", "x-api-key", "api-key" })
        {
            using var response = await gateway.SendAsync(key, header: header);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.False(response.Headers.Contains("x-inferserve-usage"));
            var seen = (await response.JsonAsync()).GetProperty("headers");
            Assert.False(seen.TryGetProperty(header.ToLowerInvariant(), out _));
            Assert.Equal(("acme", "-3", "acme"), (Text(seen, "x-inferserve-tenant"), Text(seen, "x-inferserve-priority"), Text(seen, "x-inferserve-cache-scope")));
        }
    }

    [Fact]
    public async Task Request_MissingOrWrongKey_Is401WithoutTheKey()
    {
        using var models = new ModelsFolder("alpha");
        var keys = new Keys(models);
        var key = keys.Add("team-a");
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments());
        await gateway.WaitUntilReadyAsync();
        var wrong = key[..^1] + (key[^1] == 'A' ? 'B' : 'A');

        foreach (var (presented, path) in new[] { (null, "/v1/chat/completions"), (wrong, "/v1/chat/completions"), (wrong, "/v1/nothing"), ("", "/tokenize") })
        {
            using var response = await gateway.SendAsync(presented, path: path);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
            Assert.DoesNotContain(wrong, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal("invalid_api_key", await response.ErrorCodeAsync());
        }

        using var list = await gateway.SendAsync(null, body: null, path: "/v1/models");
        using var live = await gateway.SendAsync(null, body: null, path: "/health/live");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (list.StatusCode, live.StatusCode));
    }

    [Fact]
    public async Task Keys_AddedRevokedAndBroken_AreInForceWithoutARestart()
    {
        using var models = new ModelsFolder("alpha");
        var keys = new Keys(models);
        var first = keys.Add("first");
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments());
        await gateway.WaitUntilReadyAsync();

        var second = keys.Add("second");
        await gateway.WaitUntilAsync(() => StatusIsAsync(gateway, second, HttpStatusCode.OK));
        keys.Remove("first");
        await gateway.WaitUntilAsync(() => StatusIsAsync(gateway, first, HttpStatusCode.Unauthorized));
        await File.WriteAllTextAsync(keys.File, """{ "keys": [ { "name": "x", "hash": "oops" } ] }""");
        await gateway.WaitUntilAsync(() => Task.FromResult(gateway.Output.Contains("$.keys[0].hash: must be", StringComparison.Ordinal)));

        Assert.True(await StatusIsAsync(gateway, second, HttpStatusCode.OK));
        Assert.True(await StatusIsAsync(gateway, first, HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Models_KeyWithAList_SeesAndUsesOnlyThose()
    {
        using var models = new ModelsFolder("alpha", "beta");
        var keys = new Keys(models);
        var key = keys.Add("team-a", new { models = AllowedModels });
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments());
        await gateway.WaitUntilReadyAsync();

        using var list = await gateway.SendAsync(key, body: null, path: "/v1/models");
        using var allowed = await gateway.SendAsync(key, """{"model":"beta"}""");
        using var other = await gateway.SendAsync(key, """{"model":"alpha"}""");
        using var otherInfo = await gateway.SendAsync(key, body: null, path: "/v1/models/alpha");
        using var unknown = await gateway.SendAsync(key, """{"model":"gamma"}""");

        Assert.Equal(["beta", "beta-alias"], (await list.JsonAsync()).GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()!));
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal((HttpStatusCode.Forbidden, "model_not_allowed"), (other.StatusCode, await other.ErrorCodeAsync()));
        Assert.Equal(HttpStatusCode.Forbidden, otherInfo.StatusCode);
        Assert.DoesNotContain("alpha", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task TrustedHeaders_FromAClient_AreNotBelieved()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"alpha"}""") };
        request.Headers.Add("x-inferserve-tenant", "acme");
        request.Headers.Add("X-Inferserve-Priority", "-1000");
        request.Headers.Add("x-inferserve-cache-scope", "acme");
        request.Headers.Add("x-inferserve-model", "beta");

        using var response = await gateway.Client.SendAsync(request);

        var seen = (await response.JsonAsync()).GetProperty("headers").EnumerateObject()
            .Where(header => header.Name.StartsWith("x-inferserve-", StringComparison.Ordinal)).Select(header => (header.Name, header.Value.GetString()));
        Assert.Equal([("x-inferserve-model", "alpha"), ("x-inferserve-usage", "1")], seen.Order());
    }

    /// <summary>Whatever the level: neither the key nor what stands for it is in the log.</summary>
    [Fact]
    public async Task Log_AtTrace_HoldsNoKeyAndNoDigest()
    {
        using var models = new ModelsFolder("alpha");
        var keys = new Keys(models);
        var key = keys.Add("team-a");
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments(
            "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:System=Trace", "--Logging:LogLevel:Yarp=Trace"));
        await gateway.WaitUntilReadyAsync();

        foreach (var header in new[] { "Authorization", "x-api-key", "api-key" })
        {
            using var good = await gateway.SendAsync(key, header: header);
            using var wrong = await gateway.SendAsync($"wrong-{key}", header: header);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (good.StatusCode, wrong.StatusCode));
        }

        gateway.Terminate();
        await gateway.WaitForExitAsync();
        Assert.Contains("trce: ", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key, gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(InferServe.Gateway.Tenants.ApiKeyText.Digest(key)), gateway.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Start_OpenAddressWithoutKeys_IsRefusedUnlessToldOtherwise()
    {
        using var models = new ModelsFolder("alpha");

        var (exitCode, output) = await GatewayProcess.RunToEndAsync(models.Arguments("--urls=http://0.0.0.0:0"));
        await using var allowed = await GatewayProcess.StartAsync(models.Arguments("--Gateway:AllowAnonymous=true", "--Kestrel:Endpoints:Open:Url=http://0.0.0.0:0"));

        Assert.Equal(1, exitCode);
        Assert.Contains("does not listen on 0.0.0.0:0, where other machines reach it, because it has no keys", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OpenAddressWithKeys_Listens()
    {
        using var models = new ModelsFolder("alpha");
        var keys = new Keys(models);
        keys.Add("team-a");

        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments("--Kestrel:Endpoints:Open:Url=http://0.0.0.0:0"));

        Assert.Contains("Now listening on: http://0.0.0.0:", gateway.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Tenants:ApiKey=short", "32 to 256 characters")]
    [InlineData("--Tenants:Keys=/nowhere/keys.json", "the keys file cannot be read")]
    public async Task Start_WrongSetting_NamesIt(string argument, string message)
    {
        using var models = new ModelsFolder("alpha");

        var (exitCode, output) = await GatewayProcess.RunToEndAsync(models.Arguments(argument, "--urls=http://127.0.0.1:0"));

        Assert.Equal(1, exitCode);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static string? Text(System.Text.Json.JsonElement headers, string name) => headers.GetProperty(name).GetString();

    private static async Task<bool> StatusIsAsync(GatewayProcess gateway, string key, HttpStatusCode status)
    {
        using var response = await gateway.SendAsync(key);
        return response.StatusCode == status;
    }
}
