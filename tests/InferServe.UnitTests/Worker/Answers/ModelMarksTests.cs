using InferServe.Grammar;
using InferServe.UnitTests.Worker.Generation;
using InferServe.UnitTests.Worker.Tools;
using InferServe.Worker.Answers;
using InferServe.Worker.Forms;

namespace InferServe.UnitTests.Worker.Answers;

/// <summary>Marks that are control tokens of the model: they show where a parser needs them, and a grammar asks for them by number.</summary>
public sealed class ModelMarksTests
{
    private const int ToolCalls = 101;
    private const int Think = 102;
    private const int ThinkEnd = 103;
    private const int Channel = 104;

    [Theory]
    [InlineData(true, "[hm]|f({\"a\":\"b\"})")]
    [InlineData(false, "[hm]|f{\"a\":\"b\"}")]
    public void VisibleTokens_AreThoseThatTheParserNeeds(bool withTools, string expected)
    {
        var formats = AnswerFormats.Choose(["[TOOL_CALLS] [ARGS] [THINK] [/THINK]"], null, null, LetterTokenizer.Create());
        var syntax = new AnswerSyntax(formats, reasoningOpened: false, withTools ? [TestTools.Of("f").Function] : null);
        var detokenizer = LetterTokenizer.Create().CreateDetokenizer(skipSpecialTokens: true, shown: syntax.VisibleTokens);

        int[] tokens = [Think, .. LetterTokenizer.Ids("hm"), ThinkEnd, ToolCalls, .. LetterTokenizer.Ids("f{\"a\":\"b\"}"), 100];
        var shown = Parts.Of(syntax.CreateParser(), tokens.Select(detokenizer.Append));

        // Without tools the mark of calls stays hidden, as any control token does.
        Assert.Equal(expected, shown);
    }

    [Fact]
    public void Grammar_Mark_AsksForTheToken()
    {
        var tokenizer = LetterTokenizer.Create();
        var formats = AnswerFormats.Choose(["[TOOL_CALLS]"], null, null, tokenizer);
        var compiler = new GrammarCompiler(VocabularyFactory.Create(tokenizer, 104, [100]));
        var constraint = compiler.Compile(formats.Tools.Calls([TestTools.Of("f")], several: false, formats.Marks)).Start();

        Assert.False(constraint.TryAccept(LetterTokenizer.Ids("{")[0]));
        Assert.True(constraint.TryAccept(ToolCalls));
    }

    [Fact]
    public void Grammar_MarkThatBeginsWithAControlToken_AsksForItAndTheTextBehind()
    {
        var tokenizer = LetterTokenizer.Create();
        var formats = AnswerFormats.Choose([], toolFormat: null, "gemma-4", tokenizer);
        var constraint = new GrammarCompiler(VocabularyFactory.Create(tokenizer, 105, [100])).Compile(formats.Marks.Grammar("<|channel>thought")).Start();

        Assert.Contains(Channel, formats.ReasoningTokens);
        Assert.True(constraint.TryAccept(Channel));
        Assert.All(LetterTokenizer.Ids("thought"), token => Assert.True(constraint.TryAccept(token)));
        Assert.True(constraint.TryAccept(100));
    }

    [Fact]
    public void Choose_CallsInChannelsWithoutChannels_IsRefused()
    {
        var exception = Assert.Throws<ArgumentException>(() => AnswerFormats.Choose([], "harmony", "think", LetterTokenizer.Create()));

        Assert.Contains("needs the reasoning format 'harmony', not 'think'", exception.Message, StringComparison.Ordinal);
        Assert.Equal("harmony", AnswerFormats.Choose([], "harmony", null, LetterTokenizer.Create()).Reasoning.Name);
    }
}
