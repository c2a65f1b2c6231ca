using System.Collections.Frozen;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Generation;
using InferServe.Engine.Requests;
using InferServe.Worker.Answers;
using InferServe.Worker.Generation;
using InferServe.Worker.Reasoning;
using InferServe.Worker.Tools;

namespace InferServe.UnitTests.Worker.Generation;

public sealed class AnswerReaderTests
{
    private const int End = 100;

    private bool _closed;
    private Usage? _usage;

    [Fact]
    public async Task ReadAsync_StopToken_IsNoTextButCounts()
    {
        var answer = await FoldAsync(Plan(), [.. LetterTokenizer.Ids("hello"), End], FinishReason.Stop);

        Assert.Equal(("hello", "stop"), (answer.Text, answer.FinishReason));
        Assert.Equal((3, 6, 9), (_usage!.PromptTokens, _usage.CompletionTokens, _usage.TotalTokens));
    }

    [Fact]
    public async Task ReadAsync_TokenLimit_EndsWithLength()
    {
        var answer = await FoldAsync(Plan(), LetterTokenizer.Ids("hello"), FinishReason.Length);

        Assert.Equal(("hello", "length"), (answer.Text, answer.FinishReason));
    }

    [Fact]
    public async Task ReadAsync_StopString_EndsTheAnswerAndLeavesTheStream()
    {
        var answer = await FoldAsync(Plan() with { StopStrings = ["lo"] }, LetterTokenizer.Ids("hellothere"), FinishReason.Length);

        Assert.Equal(("hel", "stop", 5), (answer.Text, answer.FinishReason, _usage!.CompletionTokens));
        Assert.True(_closed);
    }

    [Theory]
    [InlineData(0, "hel", 5)]
    [InlineData(4, "hel", 5)] // The fifth token completes the stop string.
    [InlineData(5, "hellothere", 10)]
    [InlineData(100, "hellothere", 10)]
    public async Task ReadAsync_MinTokens_StopStringsCountBehindThem(int minTokens, string text, int tokens)
    {
        var plan = Plan() with { StopStrings = ["lo"] };
        plan = plan with { Requests = [plan.Requests[0] with { MinTokens = minTokens }] };

        var answer = await FoldAsync(plan, LetterTokenizer.Ids("hellothere"), FinishReason.Length);

        Assert.Equal((text, tokens), (answer.Text, _usage!.CompletionTokens));
    }

    [Fact]
    public async Task ReadAsync_EveryToken_YieldsAPieceAtOnce()
    {
        var reader = Reader(Plan() with { StopStrings = ["zz"] });

        var pieces = await reader.ReadAsync(Outputs(LetterTokenizer.Ids("abz"), FinishReason.Length), CancellationToken.None).ToListAsync();

        Assert.Equal(["a", "b", "z"], pieces.OfType<AnswerPiece.Text>().Select(piece => piece.Value));
        Assert.IsType<AnswerPiece.End>(pieces[^1]);
        Assert.Equal("length", reader.FinishReason);
    }

    [Fact]
    public async Task ReadAsync_ToolCall_BecomesACall()
    {
        var plan = Plan() with { Syntax = Syntax() };

        var answer = await FoldAsync(plan, [.. LetterTokenizer.Ids("<tool_call>{\"name\":\"f\"}</tool_call>"), End], FinishReason.Stop);

        Assert.Equal((string.Empty, "tool_calls"), (answer.Text, answer.FinishReason));
        var call = Assert.Single(answer.ToolCalls);
        Assert.Equal(("function", "f", "{}"), (call.Type, call.Function!.Name, call.Function.Arguments));
        Assert.StartsWith("call_", call.Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_CutToolCall_StaysText()
    {
        var answer = await FoldAsync(Plan() with { Syntax = Syntax() }, LetterTokenizer.Ids("<tool_call>{\"name"), FinishReason.Length);

        Assert.Equal(("<tool_call>{\"name", "length"), (answer.Text, answer.FinishReason));
        Assert.Empty(answer.ToolCalls);
    }

    [Fact]
    public async Task ReadAsync_OneCallOnly_EndsAfterTheFirst()
    {
        var plan = Plan() with { Syntax = Syntax(), ParallelToolCalls = false };
        var twice = string.Concat(Enumerable.Repeat("<tool_call>{\"name\":\"f\"}</tool_call>", 2));

        var answer = await FoldAsync(plan, LetterTokenizer.Ids(twice), FinishReason.Length);

        Assert.Single(answer.ToolCalls);
        Assert.Equal("tool_calls", answer.FinishReason);
        Assert.True(_closed);
    }

    [Fact]
    public async Task ReadAsync_WithoutTools_TagsAreText()
    {
        var answer = await FoldAsync(Plan(), LetterTokenizer.Ids("<tool_call>{\"name\":\"f\"}</tool_call>"), FinishReason.Length);

        Assert.Equal("<tool_call>{\"name\":\"f\"}</tool_call>", answer.Text);
    }

    [Fact]
    public async Task ReadAsync_ReasoningModel_PartsItFromTheAnswer()
    {
        var plan = Plan() with { Syntax = Syntax(reasoning: "think") };

        var answer = await FoldAsync(plan, [.. LetterTokenizer.Ids("<think>hm</think>yes<tool_call>{\"name\":\"f\"}</tool_call>"), End], FinishReason.Stop);

        Assert.Equal(("hm", "yes"), (answer.Reasoning, answer.Text));
        Assert.Single(answer.ToolCalls);
        Assert.Equal(2, _usage!.CompletionTokensDetails!.ReasoningTokens);
    }

    [Fact]
    public async Task ReadAsync_TokensWanted_ComeWithTheirText()
    {
        var plan = Plan() with { ShowTokens = true, StopStrings = ["zz"] };

        var pieces = await Reader(plan).ReadAsync(Outputs([.. LetterTokenizer.Ids("azb"), End], FinishReason.Stop), CancellationToken.None).ToListAsync();

        // The z is held back until the b shows that no stop string begins there.
        Assert.Equal(
            [("a", "a"), (string.Empty, string.Empty), ("zb", "zb"), (string.Empty, "!")],
            pieces.OfType<AnswerPiece.Text>().Select(piece => (piece.Value, Letters(piece.Tokens))));
    }

    [Fact]
    public async Task ReadAsync_TokensOfAStopString_AreNoPartOfTheAnswer()
    {
        var answer = await FoldAsync(Plan() with { ShowTokens = true, StopStrings = ["lo"] }, LetterTokenizer.Ids("hellothere"), FinishReason.Length);

        Assert.Equal(("hel", "hel"), (answer.Text, Letters(answer.Tokens)));
    }

    [Fact]
    public async Task ReadAsync_StopStringIncluded_IsPartOfTextAndTokens()
    {
        var plan = Plan() with { ShowTokens = true, StopStrings = ["lo"], IncludeStopString = true };

        var answer = await FoldAsync(plan, LetterTokenizer.Ids("hellothere"), FinishReason.Length);

        Assert.Equal(("hello", "hello", "stop"), (answer.Text, Letters(answer.Tokens), answer.FinishReason));
    }

    [Theory]
    [InlineData(FinishReason.Error)]
    [InlineData(FinishReason.Cancelled)]
    public async Task ReadAsync_EngineGivesUp_ThrowsItsReason(FinishReason reason)
    {
        var exception = await Assert.ThrowsAsync<ApiException>(() => FoldAsync(Plan(), [], reason));

        Assert.Equal("engine: out of luck", exception.Message);
    }

    private static AnswerSyntax Syntax(string reasoning = "none") =>
        new(new AnswerFormats(ToolFormats.Default, ReasoningFormats.Named(reasoning), ModelMarks.None), reasoningOpened: false, functions: []);

    private static GenerationPlan Plan() => new()
    {
        Requests =
        [
            new GenerationRequest
            {
                Id = "r",
                PromptTokens = new int[3],
                Sampling = new SamplingParameters(),
                MaxTokens = 100,
                StopTokens = new[] { End }.ToFrozenSet(),
            },
        ],
        StopStrings = [],
        Stream = false,
    };

    private static string Letters(IReadOnlyList<TokenOutput> tokens) =>
        string.Concat(tokens.Select(token => token.Token == End ? "!" : LetterTokenizer.Text(token.Token!.Value)));

    private static AnswerReader Reader(GenerationPlan plan) => new(
        plan,
        LetterTokenizer.Create().CreateDetokenizer(skipSpecialTokens: true),
        reason => ApiErrors.Internal(requestId: null, $"engine: {reason}"));

    private async Task<ChoiceAnswer> FoldAsync(GenerationPlan plan, int[] tokens, FinishReason reason)
    {
        var answer = await AnswerFold.FoldAsync(new AnswerRun(plan, [Reader(plan)], [Outputs(tokens, reason)]), CancellationToken.None);
        _usage = answer.Usage;
        return Assert.Single(answer.Choices);
    }

    private async IAsyncEnumerable<TokenOutput> Outputs(int[] tokens, FinishReason reason)
    {
        await Task.CompletedTask;
        try
        {
            foreach (var (index, token) in tokens.Index())
            {
                yield return new TokenOutput { Token = token, FinishReason = index == tokens.Length - 1 ? reason : null };
            }

            if (tokens.Length == 0)
            {
                yield return new TokenOutput { FinishReason = reason, Error = "out of luck" };
            }
        }
        finally
        {
            _closed = true;
        }
    }
}
