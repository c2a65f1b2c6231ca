using System.Globalization;
using System.Net;
using System.Text.Json;
using InferServe.Gateway.Tenants;
using InferServe.IntegrationTests.Gateway;
using InferServe.IntegrationTests.Serving;

namespace InferServe.IntegrationTests.Tenants;

/// <summary>Usage and cache of tenants with the embedded model and real workers.</summary>
public sealed class ModelUsageTests : IAsyncLifetime
{
    private const string Question = "What is the capital of France? Answer with the name of the city and nothing else, please, as briefly as you can.";

    private readonly string _folder = Directory.CreateTempSubdirectory("tenants-").FullName;
    private readonly string[] _keys = [ApiKeyText.Create(), ApiKeyText.Create()];

    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        var file = Path.Combine(_folder, "keys.json");
        var entries = _keys.Select((key, index) => new { name = $"team-{index}", hash = ApiKeyText.Format(ApiKeyText.Digest(key)) });
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { keys = entries }));
        _gateway = await GatewayProcess.StartAsync(
            $"--Models={Path.Combine(Programs.Root, "models.json")}", $"--Tenants:Keys={file}", $"--Usage:File={Path.Combine(_folder, "usage.db")}");
        await _gateway.WaitUntilReadyAsync();
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Usage_WholeAndStreamedAnswers_IsWhatTheAnswersSay()
    {
        using var whole = await _gateway.SendAsync(_keys[0], Body("""{"n":2,"seed":1,"max_tokens":12}"""));
        var told = (await whole.JsonAsync()).GetProperty("usage");
        await WaitForUsageAsync(0, "prompt", Number(told, "prompt_tokens"));
        await WaitForUsageAsync(0, "generation", Number(told, "completion_tokens"));

        // The same, streamed: the client does not ask for the usage and does not see it.
        using var streamed = await _gateway.SendAsync(_keys[1], Body("""{"n":2,"seed":1,"max_tokens":12,"stream":true}"""));
        var events = await streamed.Content.ReadAsStringAsync();

        Assert.DoesNotContain("usage", events, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", events, StringComparison.Ordinal);
        await WaitForUsageAsync(1, "prompt", Number(told, "prompt_tokens"));
        await WaitForUsageAsync(1, "generation", Number(told, "completion_tokens"));
    }

    [Fact]
    public async Task Usage_ClientLeavesAStream_IsChargedWithWhatItGot()
    {
        const int Answers = 16, Tokens = 1900;
        var body = Body($$"""{"stream":true,"n":{{Answers}},"max_tokens":{{Tokens}},"temperature":2,"seed":3,"ignore_eos":true}""");
        using (var streamed = await _gateway.SendAsync(_keys[0], body))
        {
            using var reader = new StreamReader(await streamed.Content.ReadAsStreamAsync());
            for (var line = 0; line < 20; line++)
            {
                Assert.NotNull(await reader.ReadLineAsync());
            }
        }

        await _gateway.WaitUntilAsync(async () => await _gateway.MetricAsync("inferserve_requests_total{") == Answers);
        Assert.InRange(await _gateway.EndedAsync("cancelled"), 1, Answers);
        await _gateway.WaitUntilAsync(async () => await UsageAsync(0, "generation") > 0);
        Assert.InRange(await UsageAsync(0, "generation"), 5, (Answers * Tokens) - 1);
        Assert.True(await UsageAsync(0, "prompt") > 0);
    }

    [Fact]
    public async Task PrefixCache_OtherTenant_FindsNothing()
    {
        Assert.Equal(0, await CachedAsync(_keys[0]));
        Assert.True(await CachedAsync(_keys[0]) > 0);
        Assert.Equal(0, await CachedAsync(_keys[1]));
    }

    private async Task<int> CachedAsync(string key)
    {
        using var response = await _gateway.SendAsync(key, Body("""{"max_tokens":1}"""));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Number((await response.JsonAsync()).GetProperty("usage").GetProperty("prompt_tokens_details"), "cached_tokens");
    }

    private static string Body(string parameters)
    {
        var body = JsonSerializer.Deserialize<Dictionary<string, object>>(parameters)!;
        body["model"] = ServerFixture.Model;
        body["messages"] = new[] { new { role = "user", content = Question } };
        return JsonSerializer.Serialize(body);
    }

    private static int Number(JsonElement usage, string name) => usage.GetProperty(name).GetInt32();

    private Task WaitForUsageAsync(int key, string kind, int tokens) => _gateway.WaitUntilAsync(async () => await UsageAsync(key, kind) == tokens);

    private async Task<int> UsageAsync(int key, string kind)
    {
        var metrics = await _gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var start = $"inferserve_key_{kind}_tokens_total{{key=\"team-{key}\",model=\"{ServerFixture.Model}\"}} ";
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line[start.Length..], CultureInfo.InvariantCulture);
    }
}
