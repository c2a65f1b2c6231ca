using System.Text.Json;
using InferServe.IntegrationTests.Gateway;
using InferServe.IntegrationTests.Serving;
using InferServe.IntegrationTests.Tenants;

namespace InferServe.IntegrationTests.Observability;

public sealed class LogTests
{
    private const string Marker = "the-secret-of-the-prompt";

    /// <summary>All levels but Trace, of gateway and worker, as JSON: each line is an object, requests are named, prompts are not.</summary>
    [Fact]
    public async Task Log_JsonAtDebug_NamesRequestsThroughoutAndNoPrompt()
    {
        var debug = new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Debug", ["Logging__LogLevel__Microsoft"] = "Information" };
        await using var gateway = await GatewayProcess.StartAsync(
            debug, $"--Models={Path.Combine(Programs.Root, "models.json")}", "--Log:Format=Json", "--Log:Requests=true");
        await gateway.WaitUntilReadyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Headers = { { "x-request-id", "logged-1" } } };
        request.Content = new StringContent($$"""{"model":"{{ServerFixture.Model}}","max_tokens":4,"messages":[{"role":"user","content":"{{Marker}}"}]}""");

        using var response = await gateway.Client.SendAsync(request);
        await response.Content.ReadAsStringAsync();
        using var wrong = await gateway.SendAsync(key: null, $$"""{"model":"{{ServerFixture.Model}}","max_tokens":-1,"messages":[{"role":"user","content":"{{Marker}}"}]}""");
        await gateway.WaitUntilAsync(() => Task.FromResult(Entries(gateway).Count(entry => Category(entry) == "InferServe.Gateway.Requests") >= 2
            && Entries(gateway).Any(entry => Message(entry).Contains("Answer 0 to request logged-1 has ended", StringComparison.Ordinal))));

        Assert.Equal("logged-1", response.Header("x-request-id"));
        var noted = Entries(gateway).Single(entry => Category(entry) == "InferServe.Gateway.Requests" && Message(entry).EndsWith("request id logged-1", StringComparison.Ordinal)).GetProperty("State");
        Assert.Equal((200, ServerFixture.Model, 4), (noted.GetProperty("Status").GetInt32(), noted.GetProperty("Model").GetString(), noted.GetProperty("GenerationTokens").GetInt32()));
        Assert.DoesNotContain(Marker, gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_ByDefault_HasNoLineForARequest()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();

        using var response = await gateway.SendAsync(key: null);
        gateway.Terminate();
        await gateway.WaitForExitAsync();

        Assert.DoesNotContain("InferServe.Gateway.Requests", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("/v1/chat/completions HTTP", gateway.Output, StringComparison.Ordinal);
    }

    /// <summary>Every line of the output, which must be an entry.</summary>
    private static List<JsonElement> Entries(GatewayProcess gateway) => [.. gateway.Output.Split(Environment.NewLine).Where(line => line.Length > 0).Select(line =>
    {
        using var entry = JsonDocument.Parse(line);
        return entry.RootElement.Clone();
    })];

    private static string Category(JsonElement entry) => entry.GetProperty("Category").GetString()!;

    private static string Message(JsonElement entry) => entry.GetProperty("Message").GetString()!;
}
