using System.Text;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Tools;
using InferServe.Worker.Chat;
using InferServe.Worker.Generation;

namespace InferServe.UnitTests.Worker.Chat;

public sealed class ChatAnswerFormatTests
{
    private static readonly AnswerIdentity Identity = new("chatcmpl-1", 7, "m", "fp_1");

    private static readonly ToolCall Call =
        new() { Id = "call_1", Type = "function", Function = new FunctionCall { Name = "f", Arguments = """{"a":"ü"}""" } };

    private static readonly AnswerPiece.End End = new(FinishReasons.Stop, Usage.Of(2, 3));

    [Fact]
    public void Chunks_Text_BeginsWithTheRoleAndEndsWithTheReason() => Assert.Equal(
        [
            """{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}""",
            """{"index":0,"delta":{"content":"Hé"},"finish_reason":null}""",
            """{"index":0,"delta":{},"finish_reason":"stop"}""",
        ],
        Choices(includeUsage: false, new AnswerPiece.Text("Hé"), new AnswerPiece.Text(string.Empty), End));

    [Fact]
    public void Chunks_ToolCall_FirstNamesItThenGivesTheArguments() => Assert.Equal(
        [
            """{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}""",
            """{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_1","type":"function","function":{"name":"f","arguments":""}}]},"finish_reason":null}""",
            """{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{\"a\":\"ü\"}"}}]},"finish_reason":null}""",
        ],
        Choices(includeUsage: false, new AnswerPiece.Call(1, Call)));

    [Fact]
    public void Chunks_UsageAskedFor_ComesLastWithoutChoices()
    {
        var chunks = Chunks(includeUsage: true, End);

        Assert.Equal(
            """{"id":"chatcmpl-1","object":"chat.completion.chunk","created":7,"model":"m","choices":[],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5},"system_fingerprint":"fp_1"}""",
            chunks[^1]);
    }

    [Fact]
    public void Whole_Text_HasOpenAIsForm() => Assert.Equal(
        """{"id":"chatcmpl-1","object":"chat.completion","created":7,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5},"system_fingerprint":"fp_1"}""",
        Whole("Hi"));

    [Fact]
    public void Whole_OnlyToolCalls_HasNullContent() =>
        Assert.Contains("""{"role":"assistant","content":null,"tool_calls":[{"id":"call_1",""", Whole(string.Empty, Call), StringComparison.Ordinal);

    private static string Whole(string text, params ToolCall[] calls) => Encoding.UTF8.GetString(
        new ChatAnswerFormat(Identity, includeUsage: false).Whole(
            new Answer { Text = text, ToolCalls = calls, FinishReason = FinishReasons.Stop, Usage = Usage.Of(2, 3) }));

    private static List<string> Chunks(bool includeUsage, params AnswerPiece[] pieces)
    {
        var format = new ChatAnswerFormat(Identity, includeUsage);
        return [.. pieces.SelectMany(format.Chunks).Select(Encoding.UTF8.GetString)];
    }

    /// <summary>The one choice of each chunk.</summary>
    private static IEnumerable<string> Choices(bool includeUsage, params AnswerPiece[] pieces)
    {
        const string Before = """{"id":"chatcmpl-1","object":"chat.completion.chunk","created":7,"model":"m","choices":[""";
        const string After = """],"system_fingerprint":"fp_1"}""";
        foreach (var chunk in Chunks(includeUsage, pieces))
        {
            Assert.StartsWith(Before, chunk, StringComparison.Ordinal);
            Assert.EndsWith(After, chunk, StringComparison.Ordinal);
            yield return chunk[Before.Length..^After.Length];
        }
    }
}
