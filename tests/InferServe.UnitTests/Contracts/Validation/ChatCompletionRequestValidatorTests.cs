using System.Text;
using InferServe.Contracts.Json;
using InferServe.Contracts.Validation;

namespace InferServe.UnitTests.Contracts.Validation;

public sealed class ChatCompletionRequestValidatorTests
{
    private const string Hello = """[{"role":"user","content":"Hello"}]""";

    [Theory]
    [InlineData("temperature", "2.01", "between 0 and 2, got 2.01")]
    [InlineData("temperature", "-0.1", "between 0 and 2, got -0.1")]
    [InlineData("temperature", "1e999", "between 0 and 2")]
    [InlineData("top_p", "0", "above 0 and at most 1, got 0")]
    [InlineData("top_p", "1.1", "above 0 and at most 1, got 1.1")]
    [InlineData("top_k", "-2", "between -1 and 1000000, got -2")]
    [InlineData("min_p", "1.5", "between 0 and 1, got 1.5")]
    [InlineData("max_tokens", "0", "between 1 and 2147483647, got 0")]
    [InlineData("max_completion_tokens", "-5", "between 1 and 2147483647, got -5")]
    [InlineData("n", "0", "between 1 and 128, got 0")]
    [InlineData("presence_penalty", "3", "between -2 and 2, got 3")]
    [InlineData("frequency_penalty", "-3", "between -2 and 2, got -3")]
    [InlineData("repetition_penalty", "1e-60", "0.01 and 10")]
    [InlineData("stop", "[\"\"]", "must not be empty")]
    [InlineData("stop", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\",\"17\"]", "at most 16 strings, got 17")]
    [InlineData("stop_token_ids", "[-1]", "between 0 and")]
    [InlineData("stream_options", "{}", "only allowed when 'stream' is true")]
    [InlineData("top_logprobs", "21", "between 0 and 20, got 21")]
    [InlineData("service_tier", "\"gold\"", "must be one of auto")]
    [InlineData("reasoning_effort", "\"huge\"", "must be one of none")]
    [InlineData("response_format", "{\"type\":\"xml\"}", "must be one of text, json_object, json_schema, got \"xml\"")]
    [InlineData("response_format", "{}", "is required")]
    [InlineData("chat_template_kwargs", "[]", "must be an object, got an array of 0")]
    [InlineData("tool_choice", "\"maybe\"", "must be one of auto, none, required, got \"maybe\"")]
    [InlineData("top_logprobs", "3", "only allowed when 'logprobs' is true")]
    [InlineData("min_tokens", "-1", "between 0 and")]
    [InlineData("priority", "3000000000", "between -2147483648 and")]
    [InlineData("prompt_logprobs", "21", "between 0 and 20, got 21")]
    [InlineData("logit_bias", "{\"x\":1}", "token ids as keys, got \"x\"")]
    [InlineData("logit_bias", "{\"-1\":1}", "token ids as keys, got \"-1\"")]
    [InlineData("logit_bias", "{\"7\":100.5}", "between -100 and 100, got 100.5")]
    [InlineData("response_format", "{\"type\":\"json_schema\"}", "is required")]
    [InlineData("response_format", "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\"}}", "is required")]
    [InlineData("response_format", "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a b\",\"schema\":{}}}", "got \"a b\"")]
    [InlineData("response_format", "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":7}}", "must be a JSON schema, got 7")]
    [InlineData("structured_outputs", "{}", "exactly one of json, json_object, regex, choice, grammar, got none")]
    [InlineData("structured_outputs", "{\"regex\":\"a\",\"grammar\":\"b\"}", "got regex, grammar")]
    [InlineData("structured_outputs", "{\"choice\":[]}", "at least one choice")]
    [InlineData("structured_outputs", "{\"choice\":[\"\"]}", "must not be empty")]
    [InlineData("tool_choice", "\"required\"", "'tools' must have at least one tool")]
    [InlineData("continue_final_message", "true", "the last one has role \"user\"")]
    public void Validate_OutOfRange_NamesRuleLimitAndValue(string field, string value, string expected) =>
        AssertViolation(With(field, value), field, "invalid_value", expected);

    [Theory]
    [InlineData("tools", "[{\"type\":\"web_search\",\"function\":{\"name\":\"f\"}}]")]
    [InlineData("modalities", "[\"text\",\"audio\"]")]
    [InlineData("audio", "{\"voice\":\"x\"}")]
    [InlineData("web_search_options", "{}")]
    [InlineData("functions", "[]")]
    [InlineData("function_call", "\"auto\"")]
    public void Validate_NotSupportedYet_IsRefusedByName(string field, string value) =>
        AssertViolation(With(field, value), field, "not_supported", "not supported by this server yet");

    [Theory]
    [InlineData("n", "1")]
    [InlineData("logprobs", "false")]
    [InlineData("top_logprobs", "0")]
    [InlineData("presence_penalty", "0")]
    [InlineData("frequency_penalty", "0.0")]
    [InlineData("repetition_penalty", "1")]
    [InlineData("logit_bias", "{}")]
    [InlineData("min_tokens", "0")]
    [InlineData("response_format", "{\"type\":\"text\"}")]
    [InlineData("tool_choice", "\"none\"")]
    [InlineData("tool_choice", "\"auto\"")]
    [InlineData("parallel_tool_calls", "false")]
    [InlineData("store", "true")]
    [InlineData("user", "\"me\"")]
    [InlineData("metadata", "{\"a\":\"b\"}")]
    [InlineData("modalities", "[\"text\"]")]
    [InlineData("temperature", "0")]
    [InlineData("temperature", "null")]
    [InlineData("top_k", "-1")]
    [InlineData("service_tier", "\"auto\"")]
    [InlineData("seed", "-1")]
    [InlineData("stop", "\"\\n\"")]
    [InlineData("n", "128")]
    [InlineData("logprobs", "true")]
    [InlineData("presence_penalty", "0.5")]
    [InlineData("repetition_penalty", "1.1")]
    [InlineData("logit_bias", "{\"5\":-100}")]
    [InlineData("min_tokens", "3")]
    [InlineData("priority", "-1")]
    [InlineData("include_stop_str_in_output", "true")]
    [InlineData("prompt_logprobs", "1")]
    [InlineData("return_token_ids", "true")]
    [InlineData("structured_outputs", "{\"json\":{}}")]
    [InlineData("response_format", "{\"type\":\"json_object\"}")]
    [InlineData("response_format", "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{}}}")]
    [InlineData("tools", "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]")]
    [InlineData("add_generation_prompt", "false")]
    public void Validate_Harmless_IsAccepted(string field, string value) => Assert.Empty(Validate(With(field, value)).Items);

    [Theory]
    [InlineData("[]", "messages", "at least one message")]
    [InlineData("[{\"content\":\"x\"}]", "messages[0].role", "is required")]
    [InlineData("[{\"role\":\"robot\",\"content\":\"x\"}]", "messages[0].role", "system, developer, user, assistant, tool, got \"robot\"")]
    [InlineData("[{\"role\":\"user\"}]", "messages[0].content", "is required")]
    [InlineData("[{\"role\":\"assistant\"}]", "messages[0].content", "unless the message has 'tool_calls'")]
    [InlineData("[{\"role\":\"user\",\"content\":[]}]", "messages[0].content", "at least one part")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]", "messages[0].content[0].type", "is required")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]", "messages[0].content[0].text", "is required")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]", "messages[0].content[0].type", "\"image_url\"")]
    [InlineData("[{\"role\":\"tool\",\"content\":\"x\"}]", "messages[0].tool_call_id", "is required")]
    [InlineData("[{\"role\":\"user\",\"content\":\"x\",\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]}]", "messages[0].tool_calls", "only allowed in an assistant's message")]
    [InlineData("[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{}}]}]", "messages[0].tool_calls[0].function.name", "is required")]
    [InlineData("[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"[1]\"}}]}]", "messages[0].tool_calls[0].function.arguments", "JSON object written as text, got \"[1]\"")]
    [InlineData("[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{x\"}}]}]", "messages[0].tool_calls[0].function.arguments", "JSON object written as text")]
    public void Validate_WrongMessage_NamesPathAndRule(string messages, string param, string expected)
    {
        var violations = Validate($$"""{"model":"m","messages":{{messages}}}""");

        var violation = Assert.Single(violations.Items);
        Assert.Equal(param, violation.Param);
        Assert.Contains(expected, violation.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"type\":\"function\"}", "tools[0].function")]
    [InlineData("{\"function\":{\"name\":\"f\"}}", "tools[0].type")]
    [InlineData("{\"type\":\"function\",\"function\":{}}", "tools[0].function.name")]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}", "tools[0].function.name")]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"f\\n\"}}", "tools[0].function.name")]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":[]}}", "tools[0].function.parameters")]
    public void Validate_WrongTool_NamesPath(string tool, string param) =>
        Assert.Equal(param, Assert.Single(Validate(With("tools", $"[{tool}]")).Items).Param);

    [Theory]
    [InlineData("\"required\"", null, null)]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", null, null)]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"g\"}}", "tool_choice.function.name", "invalid_value")]
    [InlineData("{\"type\":\"function\",\"function\":{}}", "tool_choice.function.name", "invalid_value")]
    [InlineData("{\"function\":{\"name\":\"f\"}}", "tool_choice.type", "invalid_value")]
    [InlineData("{\"type\":\"allowed_tools\"}", "tool_choice.type", "not_supported")]
    public void Validate_DemandedTool_MustBeOffered(string choice, string? param, string? code)
    {
        const string Tool = """{"type":"function","function":{"name":"f"}}""";

        var violation = Validate(With("tools", $"[{Tool}],\"tool_choice\":{choice}")).Items.SingleOrDefault();

        Assert.Equal((param, code), (violation?.Param, violation?.Code));
    }

    [Theory]
    [InlineData("\"stream\":true,\"prompt_logprobs\":0", "prompt_logprobs")]
    [InlineData("\"response_format\":{\"type\":\"json_object\"},\"structured_outputs\":{\"regex\":\"a\"}", "structured_outputs")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"required\",\"structured_outputs\":{\"regex\":\"a\"}", "tool_choice")]
    public void Validate_ValuesThatExcludeEachOther_AreRefused(string fields, string param) => Assert.Equal(
        param, Assert.Single(Validate($$"""{"model":"m","messages":{{Hello}},{{fields}}}""").Items).Param);

    [Fact]
    public void Validate_ToolNamedTwice_IsRefused()
    {
        const string Tool = """{"type":"function","function":{"name":"f"}}""";

        Assert.Contains("unique", Assert.Single(Validate(With("tools", $"[{Tool},{Tool}]")).Items).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_EmptyRequest_NamesWhatIsMissing() =>
        Assert.Equal(["model", "messages"], Validate("{}").Items.Select(violation => violation.Param));

    [Fact]
    public void Validate_LongerThanALimit_NamesTheLimit()
    {
        var limits = new RequestLimits { ContentLength = 10, Messages = 1, ToolSchemaLength = 5, MetadataEntries = 1, StopStringLength = 2 };
        const string Body = """
            {"model":"m","messages":[{"role":"user","content":"12345678901"},{"role":"user","content":"x"}],"stop":"123",
             "tools":[{"type":"function","function":{"name":"f","parameters":{"a":1}}}],"metadata":{"a":"1","b":"2"}}
            """;

        var violations = Validate(Body, limits);

        Assert.Equal(
            ["stop[0]", "messages", "messages[0].content", "tools[0].function.parameters", "metadata"],
            violations.Items.Select(violation => violation.Param));
        Assert.Contains("at most 10 characters, got 11", violations.ToError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToError_ManyViolations_SpellsOutSomeAndCountsTheRest()
    {
        var stops = string.Join(',', Enumerable.Repeat("\"\"", 12));

        var error = Validate(With("stop", $"[{stops}]")).ToError();

        Assert.Equal("stop[0]", error.Param);
        Assert.EndsWith("And 4 more.", error.Message, StringComparison.Ordinal);
    }

    private static string With(string field, string value) => $$"""{"model":"m","messages":{{Hello}},"{{field}}":{{value}}}""";

    private static RuleViolations Validate(string body, RequestLimits? limits = null)
    {
        limits ??= new RequestLimits();
        var request = RequestParser.Parse(Encoding.UTF8.GetBytes(body), ContractsJsonContext.Default.ChatCompletionRequest, limits).Value;
        return ChatCompletionRequestValidator.Validate(request, limits);
    }

    private static void AssertViolation(string body, string field, string code, string expected)
    {
        var violation = Assert.Single(Validate(body).Items);
        Assert.StartsWith(field, violation.Param, StringComparison.Ordinal);
        Assert.Equal(code, violation.Code);
        Assert.Contains(expected, violation.Message, StringComparison.Ordinal);
    }
}
