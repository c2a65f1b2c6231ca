using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace InferServe.IntegrationTests.Serving;

/// <summary>
/// The form of an answer holds whatever the model would rather say: many random answers under each schema, checked by hand-written code
/// that knows nothing of grammars. An answer that reaches the token limit is unfinished and must be a beginning of such a text.
/// </summary>
public sealed partial class StructuredOutputTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const int Runs = 250;
    private const int AtOnce = 16;

    private static readonly string[] Colours = ["red", "green", "blue"];

    public static TheoryData<string, string> Schemas => new()
    {
        {
            "person",
            """{"type":"object","properties":{"name":{"type":"string","minLength":1,"maxLength":12},"age":{"type":"integer","minimum":0,"maximum":120},"email":{"type":["string","null"]}},"required":["name","age","email"],"additionalProperties":false}"""
        },
        {
            "colours",
            """{"type":"array","items":{"enum":["red","green","blue"]},"minItems":1,"maxItems":4}"""
        },
        {
            "tree",
            """{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"value":{"type":"boolean"},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"required":["value","next"],"additionalProperties":false}}}"""
        },
        {
            "date",
            """{"type":"object","properties":{"day":{"type":"string","pattern":"^[0-3][0-9]\\.[01][0-9]\\.$"},"kind":{"const":"date"}},"required":["day","kind"],"additionalProperties":false}"""
        },
    };

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Answer_RandomAtTemperatureOne_FitsTheSchema(string name, string schema)
    {
        using var atOnce = new SemaphoreSlim(AtOnce);
        (string Text, string Reason)[] answers = await Task.WhenAll(Enumerable.Range(0, Runs).Select(async seed =>
        {
            await atOnce.WaitAsync();
            try
            {
                return await AnswerAsync($$"""{"type":"json_schema","json_schema":{"name":"{{name}}","schema":{{schema}},"strict":true} }""", seed);
            }
            finally
            {
                atOnce.Release();
            }
        }));

        Assert.All(answers, answer => Assert.True(answer.Reason is "stop" or "length", answer.Reason));
        Assert.All(answers.Where(answer => answer.Reason == "stop"), answer => Assert.True(Fits(name, answer.Text), answer.Text));
        Assert.True(answers.Count(answer => answer.Reason == "stop") > Runs / 10, "hardly any answer came to its end");
        Assert.True(answers.Select(answer => answer.Text).Distinct().Count() > 3, "random answers differ");
    }

    private static bool Fits(string name, string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        return name switch
        {
            "person" => Names(root, "name", "age", "email")
                && root.GetProperty("name").GetString() is { Length: > 0 } person && new System.Globalization.StringInfo(person).LengthInTextElements <= 12
                && root.GetProperty("age").GetInt32() is >= 0 and <= 120
                && root.GetProperty("email").ValueKind is JsonValueKind.String or JsonValueKind.Null,
            "colours" => root.GetArrayLength() is >= 1 and <= 4 && root.EnumerateArray().All(item => Colours.Contains(item.GetString())),
            "tree" => IsNode(root),
            "date" => Names(root, "day", "kind") && root.GetProperty("kind").GetString() == "date" && Day().IsMatch(root.GetProperty("day").GetString()!),
            _ => false,
        };
    }

    private static bool IsNode(JsonElement node) => Names(node, "value", "next")
        && node.GetProperty("value").ValueKind is JsonValueKind.True or JsonValueKind.False
        && (node.GetProperty("next").ValueKind == JsonValueKind.Null || IsNode(node.GetProperty("next")));

    private static bool Names(JsonElement value, params string[] names) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Select(member => member.Name).Order().SequenceEqual(names.Order());

    private async Task<(string Text, string Reason)> AnswerAsync(string format, int seed)
    {
        using HttpResponseMessage response = await server.Gateway.PostAsync(
            $$"""{"model":"{{ServerFixture.Model}}","temperature":1,"seed":{{seed}},"max_tokens":150,"messages":[{"role":"user","content":"Hello!"}],"response_format":{{format}} }""");
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement choice = document.RootElement.GetProperty("choices")[0];
        return (choice.GetProperty("message").GetProperty("content").GetString()!, choice.GetProperty("finish_reason").GetString()!);
    }

    [GeneratedRegex(@"\A[0-3][0-9]\.[01][0-9]\.\z")]
    private static partial Regex Day();
}
