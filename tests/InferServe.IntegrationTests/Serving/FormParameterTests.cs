using System.Net;
using System.Text.Json;
using static InferServe.IntegrationTests.Serving.Questions;

namespace InferServe.IntegrationTests.Serving;

/// <summary>The forms, marks and refusals of <see cref="ParameterTests"/>' kind: each parameter acts as it says, on the whole server.</summary>
public sealed class FormParameterTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("""{"structured_outputs":{"json":{"type":"array","items":{"const":7},"minItems":2,"maxItems":2}}}""", "^\\[\\s*7,\\s*7\\s*\\]$")]
    [InlineData("""{"structured_outputs":{"json_object":true},"max_tokens":200}""", "^\\{")]
    [InlineData("""{"structured_outputs":{"regex":"x[0-9]y"}}""", "^x[0-9]y$")]
    [InlineData("""{"structured_outputs":{"choice":["zebra"]}}""", "^zebra$")]
    [InlineData("""{"structured_outputs":{"grammar":"root ::= \"q\" [rs]"}}""", "^q[rs]$")]
    [InlineData("""{"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"const":"only"}}}}""", "^\"only\"$")]
    public async Task Form_OfTheAnswer_IsHeld(string parameters, string expected) =>
        Assert.Matches(expected, Text(await server.ChatAsync(parameters)));

    [Theory]
    [InlineData("true", 2)]
    [InlineData("false", 1)]
    public async Task ParallelToolCalls_ManyDemanded_AreLimitedToOneWhenFalse(string parallel, int atLeast)
    {
        // The answer may not end early, so it goes on calling as long as it may.
        JsonElement choice = Choice(await server.ChatAsync(
            """{"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{},"additionalProperties":false}}}],"tool_choice":"required","min_tokens":150,"max_tokens":300,"parallel_tool_calls":""" + parallel + "}"));

        int calls = choice.GetProperty("message").GetProperty("tool_calls").GetArrayLength();
        Assert.True(atLeast == 1 ? calls == 1 : calls >= atLeast, $"{calls} calls");
    }

    [Fact]
    public async Task Logprobs_Bytes_SpellTheAnswer()
    {
        JsonElement choice = Choice(await server.ChatAsync("""{"logprobs":true,"top_logprobs":2}"""));

        byte[] spelled =
            [.. choice.GetProperty("logprobs").GetProperty("content").EnumerateArray().SelectMany(token => token.GetProperty("bytes").EnumerateArray()).Select(item => item.GetByte())];
        Assert.Equal(choice.GetProperty("message").GetProperty("content").GetString(), System.Text.Encoding.UTF8.GetString(spelled));
    }

    [Fact]
    public async Task Stop_EveryPartOfTheAnswer_EndsItThereWhateverTheTokens()
    {
        string whole = Text(await server.ChatAsync("{}"));
        for (int start = 0; start + 3 <= whole.Length; start++)
        {
            string stop = whole.Substring(start, 3);

            string stopped = Text(await server.ChatAsync($$"""{"stop":{{JsonSerializer.Serialize(stop)}}}"""));

            Assert.Equal(whole[..whole.IndexOf(stop, StringComparison.Ordinal)], stopped);
        }
    }

    [Fact]
    public async Task SystemFingerprint_IsTheSameInWholeAndStream()
    {
        string whole = (await server.ChatAsync("""{"max_tokens":1}""")).GetProperty("system_fingerprint").GetString()!;

        using HttpResponseMessage response = await server.Gateway.PostAsync(Body("""{"max_tokens":1,"stream":true}"""));
        string stream = await response.Content.ReadAsStringAsync();

        Assert.StartsWith("fp_", whole, StringComparison.Ordinal);
        Assert.All(
            stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).SkipLast(1),
            chunk => Assert.Contains($"\"system_fingerprint\":\"{whole}\"", chunk, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"suffix":"x"}""", "suffix", "not_supported")]
    [InlineData("""{"best_of":2}""", "best_of", "not_supported")]
    [InlineData("""{"n":129}""", "n", "invalid_value")]
    public async Task Completions_WhatIsNotActedOn_IsRefusedByName(string parameters, string param, string code)
    {
        using HttpResponseMessage response = await server.Gateway.PostAsync(
            Merge($$"""{"model":"{{ServerFixture.Model}}","prompt":"x","max_tokens":1}""", parameters), "/v1/completions");
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        JsonElement error = document.RootElement.GetProperty("error");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal((param, code), (error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("""{"user":"someone","metadata":{"a":"b"},"store":false,"service_tier":"auto"}""")]
    public async Task WithoutEffect_AcceptedParameters_AreNotNamed(string parameters)
    {
        using HttpResponseMessage response = await server.Gateway.PostAsync(Body(parameters));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("x-inferserve-ignored"));
    }
}
