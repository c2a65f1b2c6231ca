using System.Text;
using System.Text.Json;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Json;
using InferServe.Contracts.Validation;
using InferServe.Worker.Prompting;

namespace InferServe.UnitTests.Contracts.Json;

/// <summary>Whatever a client sends, it gets a 4xx or is understood: nothing else may happen on the way to the chat template.</summary>
public sealed class RequestFuzzTests
{
    private const int Rounds = 4_000;

    private static readonly string[] Seeds =
    [
        """
        {"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"hé\u00e9"}]},
        {"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":[1,{\"b\":null}]}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"7"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],
        "temperature":0.5,"stop":["a","b"],"stream":true,"stream_options":{"include_usage":true},"metadata":{"k":"v"},"chat_template_kwargs":{"x":{"y":1}}}
        """,
        """{"model":"m","prompt":[[1,2],[3]],"max_tokens":5,"seed":1,"logit_bias":{},"n":1,"echo":false}""",
        """{"model":"m","prompt":"text","stop":"x","top_p":0.5}""",
    ];

    private static readonly string[] Tokens =
        ["{", "}", "[", "]", "\"", ",", ":", "null", "true", "1e999", "-1", "\\ud800", "\\u0000", "\"a\":", "1.5", "{}", "[]", "\"\"", "[[[[", "\0"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void ParseAndValidate_MutatedBody_IsUnderstoodOrRefused(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var body = Mutate(Encoding.UTF8.GetBytes(Seeds[seed]), random);
            try
            {
                Accept(body);
            }
            catch (ApiException exception)
            {
                Assert.InRange(exception.Error.Status, 400, 499);
                using var written = JsonDocument.Parse(exception.Error.ToUtf8Json());
                Assert.Equal(exception.Error.Message, written.RootElement.GetProperty("error").GetProperty("message").GetString());
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{exception.GetType().Name} for {Convert.ToBase64String(body)}: {exception.Message}");
            }
        }
    }

    private static void Accept(byte[] body)
    {
        var limits = new RequestLimits();
        CompletionRequestValidator.Validate(
            RequestParser.Parse(body, ContractsJsonContext.Default.CompletionRequest, limits).Value, limits);
        var chat = RequestParser.Parse(body, ContractsJsonContext.Default.ChatCompletionRequest, limits).Value;
        ChatCompletionRequestValidator.Validate(chat, limits).ThrowIfAny();
        ChatContext.Create(
            new ChatPromptInput { Messages = chat.Messages!, Tools = chat.Tools ?? [], Variables = chat.ChatTemplateKwargs }, bosToken: null, eosToken: null).ToJsonString();
    }

    private static byte[] Mutate(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(length, bytes.Count - 1));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                default:
                    // Replaces one whole value, so that types change while the JSON stays valid more often.
                    ReplaceValue(bytes, at, Tokens[random.Next(Tokens.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static void ReplaceValue(List<byte> bytes, int from, string value)
    {
        var start = bytes.IndexOf((byte)':', from) + 1;
        var end = start == 0 ? -1 : bytes.FindIndex(start, letter => letter is (byte)',' or (byte)'}');
        if (end >= 0)
        {
            bytes.RemoveRange(start, end - start);
            bytes.InsertRange(start, Encoding.UTF8.GetBytes(value));
        }
    }
}
