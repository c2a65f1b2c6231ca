using System.Text;
using System.Text.Json;
using InferServe.Contracts.Generation;
using InferServe.Engine.Requests;
using InferServe.UnitTests.Worker.Generation;
using InferServe.Worker.Completions;
using InferServe.Worker.Generation;
using InferServe.Worker.Logprobs;

namespace InferServe.UnitTests.Worker.Completions;

public sealed class CompletionAnswerFormatTests
{
    private static readonly IReadOnlyList<int>[] Prompts = [LetterTokenizer.Ids("ab"), LetterTokenizer.Ids("c")];

    [Fact]
    public void Whole_EchoWithLogprobs_BeginsWithThePromptsTokens()
    {
        var choice = Whole(Format(1, ["ab", "c"], echoLogprobs: true), Choice("d", Token("d", -1), promptLogprobs: [null, Logprobs("b", -2)]));

        Assert.Equal("abd", choice.GetProperty("text").GetString());
        Assert.Equal(
            """{"tokens":["a","b","d"],"token_logprobs":[null,-2,-1],"top_logprobs":[null,{"b":-2},{"d":-1}],"text_offset":[0,1,2]}""",
            choice.GetProperty("logprobs").GetRawText());
        Assert.False(choice.TryGetProperty("prompt_logprobs", out _));
    }

    [Fact]
    public void Whole_PromptLogprobs_AreByTokenId()
    {
        var choice = Whole(Format(1), Choice("d", Token("d", -1), promptLogprobs: [null, Logprobs("b", -2)]));

        Assert.Equal("""[null,{"1":{"logprob":-2,"rank":1,"decoded_token":"b"}}]""", choice.GetProperty("prompt_logprobs").GetRawText());
        Assert.Equal("[0]", choice.GetProperty("logprobs").GetProperty("text_offset").GetRawText());
    }

    [Fact]
    public void Chunks_SeveralPromptsAndSamples_EchoTheirOwnPrompt()
    {
        var format = Format(2, ["ab", "c"]);

        var texts = ((int[])[3, 0])
            .SelectMany(choice => format.Chunks(new ChoicePiece(choice, new AnswerPiece.Text("x") { Tokens = [Token("x", -1)] })))
            .Select(chunk => JsonDocument.Parse(chunk).RootElement.GetProperty("choices")[0])
            .Select(choice => (choice.GetProperty("index").GetInt32(), choice.GetProperty("text").GetString(), Offset(choice)));

        Assert.Equal([(3, "c", null), (3, "x", 1), (0, "ab", null), (0, "x", 2)], texts);

        static int? Offset(JsonElement choice) =>
            choice.GetProperty("logprobs") is { ValueKind: JsonValueKind.Object } logprobs ? logprobs.GetProperty("text_offset")[0].GetInt32() : null;
    }

    private static CompletionAnswerFormat Format(int samples, string[]? echoes = null, bool echoLogprobs = false) => new(
        new AnswerIdentity("cmpl-1", 7, "m", "fp_1"),
        new AnswerOptions { Prompts = Prompts },
        samples,
        echoes,
        echoLogprobs,
        new LogprobFormat(new TokenTexts(LetterTokenizer.Create())));

    private static JsonElement Whole(CompletionAnswerFormat format, ChoiceAnswer choice) =>
        JsonDocument.Parse(Encoding.UTF8.GetString(format.Whole(new Answer([choice], Usage.Of(2, 1))))).RootElement.GetProperty("choices")[0];

    private static ChoiceAnswer Choice(string text, TokenOutput token, IReadOnlyList<TokenLogprobs?> promptLogprobs) => new()
    {
        Text = text,
        Reasoning = string.Empty,
        ToolCalls = [],
        FinishReason = FinishReasons.Length,
        Tokens = [token],
        PromptLogprobs = promptLogprobs,
    };

    private static TokenOutput Token(string letter, float logprob) => new() { Token = LetterTokenizer.Ids(letter)[0], Logprobs = Logprobs(letter, logprob) };

    private static TokenLogprobs Logprobs(string letter, float logprob) => new(LetterTokenizer.Ids(letter)[0], logprob, 1, []);
}
