using System.Text;
using System.Text.Json;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Tools;
using InferServe.Engine.Requests;
using InferServe.UnitTests.Worker.Generation;
using InferServe.Worker.Chat;
using InferServe.Worker.Generation;
using InferServe.Worker.Logprobs;

namespace InferServe.UnitTests.Worker.Chat;

public sealed class ChatAnswerFormatTests
{
    private static readonly AnswerIdentity Identity = new("chatcmpl-1", 7, "m", "fp_1");

    private static readonly ToolCall Call =
        new() { Id = "call_1", Type = "function", Function = new FunctionCall { Name = "f", Arguments = """{"a":"ü"}""" } };

    private static readonly AnswerPiece.End End = new(FinishReasons.Stop);

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
            """{"id":"chatcmpl-1","object":"chat.completion.chunk","created":7,"model":"m","choices":[],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5,"prompt_tokens_details":{"cached_tokens":1},"completion_tokens_details":{"reasoning_tokens":0}},"system_fingerprint":"fp_1"}""",
            chunks[^1]);
    }

    [Fact]
    public void Whole_Text_HasOpenAIsForm() => Assert.Equal(
        """{"id":"chatcmpl-1","object":"chat.completion","created":7,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5,"prompt_tokens_details":{"cached_tokens":1},"completion_tokens_details":{"reasoning_tokens":0}},"system_fingerprint":"fp_1"}""",
        Whole("Hi"));

    [Fact]
    public void Whole_OnlyToolCalls_HasNullContent() =>
        Assert.Contains("""{"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"call_1",""", Whole(string.Empty, Call), StringComparison.Ordinal);

    [Fact]
    public void Chunks_SeveralChoices_EachBeginsWithItsRole()
    {
        var format = Format();

        var chunks = new[] { new ChoicePiece(1, new AnswerPiece.Text("b")), new ChoicePiece(0, new AnswerPiece.Text("a")), new ChoicePiece(1, End) }
            .SelectMany(format.Chunks).Select(Encoding.UTF8.GetString).ToList();

        Assert.Equal(["1 role", "1 b", "0 role", "0 a", "1 stop"], chunks.Select(Summary));

        static string Summary(string chunk)
        {
            var choice = JsonDocument.Parse(chunk).RootElement.GetProperty("choices")[0];
            var delta = choice.GetProperty("delta");
            return $"{choice.GetProperty("index")} " + (delta.TryGetProperty("role", out _) ? "role"
                : delta.TryGetProperty("content", out var content) ? content.GetString() : choice.GetProperty("finish_reason").GetString());
        }
    }

    [Fact]
    public void Chunks_Reasoning_HasAFieldOfItsOwn() => Assert.Contains(
        """{"index":0,"delta":{"reasoning_content":"hm"},"finish_reason":null}""",
        Choices(includeUsage: false, new AnswerPiece.Reasoning("hm")));

    [Fact]
    public void Chunks_TokensWanted_IdsAndLogprobsComeWithTheText()
    {
        var token = new TokenOutput { Token = 1, Logprobs = new TokenLogprobs(1, -0.5f, 1, [new(1, -0.5f), new(2, float.NegativeInfinity)]) };
        var format = Format(tokenIds: true);

        var chunks = format.Chunks(new ChoicePiece(0, new AnswerPiece.Text("b") { Tokens = [token] })).Select(Encoding.UTF8.GetString).ToList();

        Assert.Contains("\"prompt_token_ids\":[4,5]", chunks[0], StringComparison.Ordinal);
        Assert.Contains(
            """{"index":0,"delta":{"content":"b"},"logprobs":{"content":[{"token":"b","logprob":-0.5,"bytes":[98],"top_logprobs":[{"token":"b","logprob":-0.5,"bytes":[98]},{"token":"c","logprob":-9999,"bytes":[99]}]}],"refusal":null},"token_ids":[1],"finish_reason":null}""",
            chunks[1], StringComparison.Ordinal);
    }

    private static string Whole(string text, params ToolCall[] calls) => Encoding.UTF8.GetString(Format().Whole(new Answer(
        [new ChoiceAnswer { Text = text, Reasoning = string.Empty, ToolCalls = calls, FinishReason = FinishReasons.Stop, Tokens = [] }],
        Usage.Of(2, 3, cachedTokens: 1))));

    private static ChatAnswerFormat Format(bool includeUsage = false, bool tokenIds = false) => new(
        Identity,
        new AnswerOptions { IncludeUsage = includeUsage, TokenIds = tokenIds, Prompts = [[4, 5]] },
        new LogprobFormat(new TokenTexts(LetterTokenizer.Create())));

    private static List<string> Chunks(bool includeUsage, params AnswerPiece[] pieces)
    {
        var format = Format(includeUsage);
        return
        [
            .. pieces.SelectMany(piece => format.Chunks(new ChoicePiece(0, piece)))
                .Concat(format.Last(Usage.Of(2, 3, cachedTokens: 1))).Select(Encoding.UTF8.GetString),
        ];
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
