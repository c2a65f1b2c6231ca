using System.Net;
using InferServe.IntegrationTests.Gateway;
using InferServe.IntegrationTests.Tenants;

namespace InferServe.IntegrationTests.Hardening;

/// <summary>What browsers are told.</summary>
public sealed class BrowserTests
{
    private const string Origin = "https://chat.example.org";

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/v1/models")]
    [InlineData("/nothing")]
    public async Task Answers_HaveSecurityHeadersAndNoServer(string path)
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());

        using var response = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(
            ("nosniff", "DENY", "default-src 'none'; frame-ancestors 'none'", "no-referrer", "no-store"),
            (response.Header("X-Content-Type-Options"), response.Header("X-Frame-Options"), response.Header("Content-Security-Policy"),
                response.Header("Referrer-Policy"), response.Header("Cache-Control")));
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
        Assert.False(response.Headers.Contains("X-Powered-By"));
    }

    [Fact]
    public async Task Origins_NoneConfigured_NoPageMayCall()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());

        using var preflight = await PreflightAsync(gateway, Origin);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "Origin", Origin } } };
        using var response = await gateway.Client.SendAsync(request);

        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Origins_OneConfigured_ItsPagesMayCallAndOthersNot()
    {
        using var models = new ModelsFolder("alpha");
        var keys = new Keys(models);
        var key = keys.Add("page");
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments($"--Cors:Origins:0={Origin}"));
        await gateway.WaitUntilReadyAsync();

        using var preflight = await PreflightAsync(gateway, Origin);
        using var other = await PreflightAsync(gateway, "https://evil.example.org");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "Origin", Origin } } };
        using var refused = await gateway.Client.SendAsync(request);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "Origin", Origin }, { "Authorization", $"Bearer {key}" } } };
        using var answered = await gateway.Client.SendAsync(again);

        Assert.Equal((HttpStatusCode.NoContent, Origin), (preflight.StatusCode, preflight.Header("Access-Control-Allow-Origin")));
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal((HttpStatusCode.Unauthorized, Origin), (refused.StatusCode, refused.Header("Access-Control-Allow-Origin")));
        Assert.Equal((HttpStatusCode.OK, Origin), (answered.StatusCode, answered.Header("Access-Control-Allow-Origin")));
        Assert.Contains("x-request-id", answered.Header("Access-Control-Expose-Headers"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Origins_NoOrigin_IsNamedAtTheStart()
    {
        using var models = new ModelsFolder("alpha");

        var (exitCode, output) = await GatewayProcess.RunToEndAsync(models.Arguments("--Cors:Origins:0=chat.example.org/", "--urls=http://127.0.0.1:0"));

        Assert.Equal(1, exitCode);
        Assert.Contains("Cors:Origins holds origins, such as https://chat.example.org", output, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PreflightAsync(GatewayProcess gateway, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/chat/completions");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        return await gateway.Client.SendAsync(request);
    }
}
