using System.Text;
using InferServe.Grammar;
using InferServe.UnitTests.Grammar.Support;

namespace InferServe.UnitTests.Grammar;

public sealed class TriggeredGrammarTests
{
    private static readonly TestVocabulary s_vocabulary = TestVocabulary.Mixed;

    private static readonly ITokenGrammar s_grammar = s_vocabulary.Compiler.CompileTriggered(new TriggeredGrammar
    {
        Triggers =
        [
            TriggeredGrammar.Trigger.OnText(
                "<tool_call>",
                ToolCallGrammar.AfterPrefix(ToolCallFormat.Hermes, [("f", """{"type":"object","properties":{},"additionalProperties":false}""")])),
            TriggeredGrammar.Trigger.OnToken(s_vocabulary.Control, GrammarExpression.Literal("ab")),
        ],
    });

    [Theory]
    [InlineData("hello <tool_cal <<tool_call x", true)]
    [InlineData("a<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call> and more", true)]
    [InlineData("<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call>x<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>", true)]
    [InlineData("a<tool_call>hello", false)]
    [InlineData("a<tool_call>{\"name\":\"g\"", false)]
    [InlineData("a<tool_call>{\"name\":\"f\",\"arguments\":{}}", false)]
    [InlineData("<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call><tool_call>x", false)]
    public void TryAccept_Text_FollowsTheGrammarBehindTriggersOnly(string text, bool expected) =>
        Assert.Equal(expected, s_vocabulary.Accepts(s_grammar, text));

    [Fact]
    public void FillMask_EveryState_AgreesWithTryAccept()
    {
        var text = "x<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call> <to"u8.ToArray();
        for (var length = 0; length <= text.Length; length++)
        {
            var allowed = s_vocabulary.Allowed(After(text.AsSpan(0, length)));
            foreach (var token in Enumerable.Range(0, s_vocabulary.Vocabulary.Size))
            {
                Assert.Equal(After(text.AsSpan(0, length)).TryAccept(token), allowed.Contains(token));
            }
        }
    }

    [Fact]
    public void AllowsEverything_OnlyWhereNoTokenNeedsACheck()
    {
        // A token of the vocabulary is a trigger and more, so free text must be masked unless that token fits.
        Assert.False(s_grammar.Start().AllowsEverything);
        Assert.DoesNotContain(IdOf("x<tool_call>["), s_vocabulary.Allowed(s_grammar.Start()));
        Assert.Contains(IdOf("<tool_call>{"), s_vocabulary.Allowed(s_grammar.Start()));

        var other = s_vocabulary.Compiler.CompileTriggered(new TriggeredGrammar
        {
            Triggers = [TriggeredGrammar.Trigger.OnText("@@", GrammarExpression.Literal("x"))],
        });
        var constraint = other.Start();
        Assert.True(constraint.AllowsEverything);
        Assert.True(constraint.TryAccept('@'));
        Assert.False(constraint.AllowsEverything);
        Assert.False(constraint.TryAccept(IdOf("@ex")));
        Assert.True(constraint.TryAccept('@'));
        Assert.Equal(['x'], s_vocabulary.Allowed(constraint).Order().Take(1));
        Assert.False(constraint.TryAccept(s_vocabulary.End));
        Assert.True(constraint.TryAccept('x'));
        Assert.True(constraint.AllowsEverything);
        Assert.True(constraint.TryAccept(s_vocabulary.End));
    }

    [Fact]
    public void TryAccept_TriggerToken_BeginsItsGrammar()
    {
        var constraint = s_grammar.Start();

        Assert.True(constraint.TryAccept('z'));
        Assert.True(constraint.TryAccept(s_vocabulary.Control));
        Assert.False(constraint.TryAccept('z'));
        Assert.True(constraint.TryAccept(IdOf("ab")));
        Assert.True(constraint.TryAccept('z'));
    }

    [Fact]
    public void CompileTriggered_UnclearTriggers_AreRefused()
    {
        var literal = GrammarExpression.Literal("x");
        TriggeredGrammar.Trigger[][] unclear =
        [
            [],
            [TriggeredGrammar.Trigger.OnText("", literal)],
            [TriggeredGrammar.Trigger.OnText("a", literal), TriggeredGrammar.Trigger.OnText("ab", literal)],
            [TriggeredGrammar.Trigger.OnToken(-1, literal)],
            [TriggeredGrammar.Trigger.OnText("a", GrammarExpression.Literal(""))],
        ];

        Assert.All(unclear, triggers => Assert.Throws<GrammarException>(() =>
            s_vocabulary.Compiler.CompileTriggered(new TriggeredGrammar { Triggers = triggers })));
    }

    private static ITokenConstraint After(ReadOnlySpan<byte> text)
    {
        var constraint = s_grammar.Start();
        foreach (var value in text)
        {
            Assert.True(constraint.TryAccept(value));
        }

        return constraint;
    }

    private static int IdOf(string text) => Enumerable.Range(256, s_vocabulary.Tokens.Count - 258)
        .First(token => s_vocabulary.Tokens[token]!.Value.Span.SequenceEqual(Encoding.UTF8.GetBytes(text)));
}
