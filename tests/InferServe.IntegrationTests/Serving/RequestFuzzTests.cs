using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InferServe.IntegrationTests.Serving;

/// <summary>Broken and strange request bodies against the whole server: an answer or a 4xx in OpenAI's shape, never a 5xx, never a hang.</summary>
public sealed class RequestFuzzTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const int Rounds = 150;

    private static readonly string[] Bodies =
    [
        """{"model":"inferserve-nano","max_tokens":3,"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Hello"}]}],"stop":["a","b"],"n":2,"logprobs":true,"top_logprobs":2,"logit_bias":{"5":1.5}}""",
        """{"model":"inferserve-nano","max_tokens":3,"stream":true,"stream_options":{"include_usage":true},"temperature":1.5,"top_p":0.9,"seed":7,"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"x":{"type":"integer"}}}}}],"tool_choice":"auto"}""",
        """{"model":"inferserve-nano","max_tokens":3,"messages":[{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"1"}],"response_format":{"type":"text"},"metadata":{"a":"b"}}""",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "[]", "{}", "\"\"", "-1", "1e999", "0.1", "99999999999999999999", "\"\\u0000\"", "\"ä€😀\"", "[[[[[[]]]]]]", "[null]", "{\"a\":{\"b\":[1]}}", "\"<|im_end|>\"",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Post_ChangedBody_IsAnsweredOrRefused(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] body = Change(Bodies[random.Next(Bodies.Length)], random);
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            using var impatience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            using HttpResponseMessage response =
                await server.Gateway.Client.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content, impatience.Token);
            string text = await response.Content.ReadAsStringAsync(impatience.Token);

            string what = $"{(int)response.StatusCode} {text} for {Encoding.UTF8.GetString(body)}";
            Assert.True((int)response.StatusCode is 200 or (>= 400 and < 500), what);
            if (!response.IsSuccessStatusCode)
            {
                using JsonDocument error = JsonDocument.Parse(text);
                Assert.Equal(["message", "type", "param", "code"], error.RootElement.GetProperty("error").EnumerateObject().Select(member => member.Name));
            }
            else
            {
                Assert.DoesNotContain("internal_error", text, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Change(string body, Random random)
    {
        JsonNode root = JsonNode.Parse(body)!;
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            ChangeNode(root, random);
        }

        List<byte> bytes = [.. Encoding.UTF8.GetBytes(root.ToJsonString())];
        if (random.Next(4) == 0)
        {
            int at = random.Next(bytes.Count);
            bytes[at] = (byte)random.Next(256);
        }

        return [.. bytes];
    }

    /// <summary>Replaces one value somewhere in the tree. The model and the number of tokens stay, so that a round is short.</summary>
    private static void ChangeNode(JsonNode root, Random random)
    {
        var places = new List<(JsonNode Parent, object Key)>();
        Collect(root, places);
        (JsonNode parent, object key) = places[random.Next(places.Count)];
        JsonNode? value = JsonNode.Parse(Values[random.Next(Values.Length)]);
        if (parent is JsonArray array)
        {
            array[(int)key] = value;
        }
        else
        {
            parent.AsObject()[(string)key] = value;
        }
    }

    private static void Collect(JsonNode node, List<(JsonNode Parent, object Key)> places)
    {
        IEnumerable<(object Key, JsonNode? Value)> children = node switch
        {
            JsonArray array => array.Select((value, index) => ((object)index, value)),
            JsonObject members => members.Where(member => member.Key is not ("model" or "max_tokens")).Select(member => ((object)member.Key, member.Value)),
            _ => [],
        };
        foreach ((object key, JsonNode? value) in children)
        {
            places.Add((node, key));
            if (value is not null)
            {
                Collect(value, places);
            }
        }
    }
}
