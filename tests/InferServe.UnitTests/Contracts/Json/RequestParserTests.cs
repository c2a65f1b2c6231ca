using System.Text;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Json;
using InferServe.Contracts.Validation;

namespace InferServe.UnitTests.Contracts.Json;

public sealed class RequestParserTests
{
    private static readonly RequestLimits Limits = new();

    [Fact]
    public void Parse_CompleteChat_ReadsEveryForm()
    {
        var request = Chat("""
            {"model":"m","temperature":0.5,"stop":"x","tool_choice":"auto","seed":-9223372036854775808,"metadata":{"a":"b"},
             "messages":[{"role":"user","content":"one"},{"role":"user","content":[{"type":"text","text":"two"},{"type":"text","text":"three"}]},
                         {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}],
             "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]}
            """).Value;

        Assert.Equal("one", request.Messages![0].Content!.Flatten());
        Assert.Equal("two\nthree", request.Messages[1].Content!.Flatten());
        Assert.Null(request.Messages[2].Content);
        Assert.Equal("f", request.Messages[2].ToolCalls![0].Function!.Name);
        Assert.Equal(["x"], request.Stop!.Values);
        Assert.Equal("auto", request.ToolChoice!.Mode);
        Assert.Equal(long.MinValue, request.Seed);
        Assert.Equal("b", request.Metadata!["a"]);
        Assert.Equal("""{"type":"object"}""", request.Tools![0].Function!.Parameters!.Value.GetRawText());
    }

    [Theory]
    [InlineData("""{"prompt":"a"}""", 1, 0)]
    [InlineData("""{"prompt":["a","b"]}""", 2, 0)]
    [InlineData("""{"prompt":[1,2,3]}""", 0, 1)]
    [InlineData("""{"prompt":[[1],[2,3]]}""", 0, 2)]
    [InlineData("""{"prompt":[]}""", 0, 0)]
    public void Parse_Completion_ReadsEveryFormOfPrompt(string body, int texts, int tokenLists)
    {
        var prompt = RequestParser.Parse(Encoding.UTF8.GetBytes(body), ContractsJsonContext.Default.CompletionRequest, Limits).Value.Prompt!;

        Assert.Equal((texts, tokenLists), (prompt.Texts?.Count ?? 0, prompt.TokenIds?.Count ?? 0));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("nonsense", "not valid JSON")]
    [InlineData("""{"model":""", "line 1")]
    [InlineData("""{"model":"a","model":"b"}""", "'model'")]
    [InlineData("""{"model":"a"} x""", "not valid JSON")]
    [InlineData("null", "null")]
    [InlineData("[1]", "must be an object, got an array of 1")]
    [InlineData("\"text\"", "must be an object, got \"text\"")]
    public void Parse_NoJsonObject_SaysWhy(string body, string expected)
    {
        var error = Refused(Encoding.UTF8.GetBytes(body));

        Assert.Equal(400, error.Status);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model":5}""", "model", "a string, got 5")]
    [InlineData("""{"temperature":"hot"}""", "temperature", "a number, got \"hot\"")]
    [InlineData("""{"max_tokens":1.5}""", "max_tokens", "a whole number of at most 64 bits, got 1.5")]
    [InlineData("""{"max_tokens":99999999999999999999}""", "max_tokens", "got 99999999999999999999")]
    [InlineData("""{"stream":"true"}""", "stream", "true or false, got \"true\"")]
    [InlineData("""{"stop":[1]}""", "stop[0]", "a string, got 1")]
    [InlineData("""{"stop":{}}""", "stop", "a string or an array of strings, got an object")]
    [InlineData("""{"stop_token_ids":[1,"2"]}""", "stop_token_ids[1]", "a whole number of at most 32 bits")]
    [InlineData("""{"messages":{}}""", "messages", "an array, got an object")]
    [InlineData("""{"messages":[null]}""", "messages[0]", "an object, got null")]
    [InlineData("""{"messages":[{"content":5}]}""", "messages[0].content", "a string or an array of text parts, got 5")]
    [InlineData("""{"messages":[{},{},{"content":[{"text":7}]}]}""", "messages[2].content[0].text", "a string, got 7")]
    [InlineData("""{"logit_bias":{"5":"x"}}""", "logit_bias.5", "a number, got \"x\"")]
    [InlineData("""{"tools":[{"function":[]}]}""", "tools[0].function", "an object, got an array of 0")]
    [InlineData("""{"tool_choice":3}""", "tool_choice", "a string or an object, got 3")]
    public void Parse_WrongType_NamesPathTypeAndValue(string body, string param, string expected)
    {
        var error = Refused(Encoding.UTF8.GetBytes(body));

        Assert.Equal((400, param), (error.Status, error.Param));
        Assert.Contains($"'{param}' must be ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralWrongTypes_NamesAllOfThem()
    {
        var error = Refused("""{"temperature":"a","top_p":"b","messages":3}"""u8.ToArray());

        Assert.All(["temperature", "top_p", "messages"], name => Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"user":"\ud800"}""")]
    [InlineData("""{"messages":[{"role":"user","content":"\udc00x"}]}""")]
    [InlineData("""{"metadata":{"\ud800":"x"}}""")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"f","parameters":{"a":["\ud800"]}}}]}""")]
    [InlineData("""{"unheard_of":{"\ud800":1}}""")]
    public void Parse_HalfASurrogatePair_IsRefused(string body) =>
        Assert.Contains("valid Unicode", Refused(Encoding.UTF8.GetBytes(body)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_InvalidUtf8_IsRefused() =>
        Assert.Contains("UTF-8", Refused([.. "{\"model\":\""u8, 0xFF, .. "\"}"u8]).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_TooDeep_NamesTheLimit()
    {
        var body = "{\"metadata\":" + new string('[', 70) + new string(']', 70) + "}";

        Assert.Contains("64", Refused(Encoding.UTF8.GetBytes(body)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooLarge_Is413WithTheLimit()
    {
        var error = Assert.Throws<ApiException>(() => RequestParser.Parse(
            new byte[2000], ContractsJsonContext.Default.ChatCompletionRequest, new RequestLimits { BodyBytes = 1024 })).Error;

        Assert.Equal(413, error.Status);
        Assert.Contains("1024", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_UnknownFields_AreNamedOnceWithoutIndices()
    {
        var parsed = Chat("""
            {"model":"m","foo":1,"messages":[{"role":"user","refusal":null},{"role":"user","refusal":"x"}],"stream_options":{"bar10":1}}
            """);

        Assert.Equal(["foo", "messages[].refusal", "stream_options.bar10"], parsed.UnknownFields);
    }

    [Fact]
    public void Parse_ManyUnknownFields_KeepsABoundedNumber()
    {
        var members = string.Join(',', Enumerable.Range(0, 1000).Select(index => $"\"field{index}\":0"));

        Assert.InRange(Chat($"{{{members}}}").UnknownFields.Count, 1, 64);
    }

    private static ParsedRequest<ChatCompletionRequest> Chat(string body) =>
        RequestParser.Parse(Encoding.UTF8.GetBytes(body), ContractsJsonContext.Default.ChatCompletionRequest, Limits);

    private static ApiError Refused(byte[] body) => Assert.Throws<ApiException>(
        () => RequestParser.Parse(body, ContractsJsonContext.Default.ChatCompletionRequest, Limits)).Error;
}
