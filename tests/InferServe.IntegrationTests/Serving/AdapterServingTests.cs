using System.Net;
using System.Text;
using System.Text.Json;
using InferServe.IntegrationTests.Gateway;
using InferServe.IntegrationTests.OnnxRuntime;

namespace InferServe.IntegrationTests.Serving;

/// <summary>Adapters of models.json through the whole server: chosen by name, listed, and each answering as if it were alone.</summary>
public sealed class AdapterServingTests : IDisposable
{
    private readonly ServableFolder _folder = new(TinyModel.Of("lora/."));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Request_NamesModelOrAdapter_GetsItsTokens()
    {
        var models = _folder.PathOf("models.json");
        await File.WriteAllTextAsync(models, """
            {"models":[{"name":"base","path":".","adapters":[
              {"name":"base/formal","path":"formal.onnx_adapter"},{"name":"base/terse","path":"terse.onnx_adapter"}]}]}
            """);
        await using var gateway = await GatewayProcess.StartAsync($"--Models={models}");
        await gateway.WaitUntilReadyAsync();
        (string Name, TinyModel Reference)[] expected =
            [("base", TinyModel.Of("lora/.")), ("base/formal", TinyModel.Of("lora/formal")), ("base/terse", TinyModel.Of("lora/terse"))];

        // Twelve at once, so that rows of all three run side by side.
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => CompleteAsync(gateway.Client, expected[i % 3].Name, expected[i % 3].Reference)));

        Assert.All(answers.Index(), answer => Assert.Equal(expected[answer.Index % 3].Reference.Greedy, answer.Item.Tokens));
        Assert.All(answers.Index(), answer => Assert.Equal(expected[answer.Index % 3].Name, answer.Item.Model));
        Assert.Equal(3, answers.Select(answer => answer.Fingerprint).Distinct().Count());

        using var list = JsonDocument.Parse(await gateway.Client.GetStringAsync(new Uri("/v1/models", UriKind.Relative)));
        Assert.Equal(
            [("base", null), ("base/formal", "base"), ("base/terse", "base")],
            list.RootElement.GetProperty("data").EnumerateArray().Select(entry =>
                (entry.GetProperty("id").GetString(), entry.TryGetProperty("parent", out var parent) ? parent.GetString() : null)));
    }

    private static async Task<(string? Model, string? Fingerprint, int[] Tokens)> CompleteAsync(HttpClient client, string name, TinyModel model)
    {
        var body = JsonSerializer.Serialize(new
        {
            model = name, prompt = model.Prompt, max_tokens = model.Greedy.Length, temperature = 0, return_token_ids = true, ignore_eos = true,
        });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/v1/completions", UriKind.Relative), content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        using var answer = JsonDocument.Parse(text);
        return (
            answer.RootElement.GetProperty("model").GetString(),
            answer.RootElement.GetProperty("system_fingerprint").GetString(),
            [.. answer.RootElement.GetProperty("choices")[0].GetProperty("token_ids").EnumerateArray().Select(token => token.GetInt32())]);
    }
}
