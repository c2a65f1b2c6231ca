using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InferServe.IntegrationTests.Serving;

/// <summary>Questions to a server that differ in their parameters, and what their answers hold.</summary>
internal static class Questions
{
    public const string Question = "What is the capital of France?";

    /// <summary>Asks with these parameters beside the others, and expects an answer.</summary>
    public static Task<JsonElement> ChatAsync(this ServerFixture server, string parameters) =>
        server.PostAsync("/v1/chat/completions", Body(parameters));

    /// <summary>Posts a body and expects an answer.</summary>
    public static async Task<JsonElement> PostAsync(this ServerFixture server, string path, string body)
    {
        using HttpResponseMessage response = await server.Gateway.PostAsync(body, path);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>The body of the question with these parameters.</summary>
    public static string Body(string parameters) => Merge(
        $$"""{"model":"{{ServerFixture.Model}}","temperature":0,"messages":[{"role":"user","content":"{{Question}}"}]}""", parameters);

    /// <summary>The members of both objects; where they share a name, that of the second.</summary>
    public static string Merge(string first, string second)
    {
        JsonObject merged = JsonNode.Parse(first)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(second)!.AsObject())
        {
            merged[name] = value?.DeepClone();
        }

        return merged.ToJsonString();
    }

    public static JsonElement Choice(JsonElement body) => body.GetProperty("choices")[0];

    public static string Text(JsonElement body) => Choice(body).GetProperty("message").GetProperty("content").GetString()!;
}
