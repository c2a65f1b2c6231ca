using InferServe.Grammar;
using InferServe.UnitTests.Grammar.Support;

namespace InferServe.UnitTests.Grammar;

public sealed class ExpressionGrammarTests
{
    private static readonly TestVocabulary s_vocabulary = TestVocabulary.Mixed;

    [Theory]
    [InlineData("a|bc", "a|bc", "b|abc|c")]
    [InlineData("[a-c]+\\d{2,3}", "a12|abc123", "12|a1|a1234|d12")]
    [InlineData("(?i)hello", "hello|HeLLo", "hell")]
    [InlineData("\\p{Lu}é*", "A|Éé|Ж", "a|é")]
    [InlineData(".", "中|😀|é", "\n|ab")]
    [InlineData("[^a]", "b|😀|\n", "a|")]
    [InlineData("^a$", "a", "ab|")]
    [InlineData("(?:x|y)?z{2}", "zz|xzz", "z|xyzz")]
    public void Regex_WholeMatch_AcceptsExactlyItsTexts(string pattern, string valid, string invalid) =>
        Check(GrammarExpression.Regex(pattern), valid.Split('|'), invalid.Split('|'));

    [Theory]
    [InlineData("(a)\\1", "back references")]
    [InlineData("a(?!b)", "look-ahead")]
    [InlineData("(?<=a)b", "look-behind")]
    [InlineData("\\ba", "word border")]
    [InlineData("(?>a)", "atomic")]
    [InlineData("a*+", "possessive")]
    [InlineData("[z-a]", "wrong order")]
    [InlineData("(a", "unmatched '('")]
    [InlineData("a)", "unmatched ')'")]
    [InlineData("*a", "nothing to repeat")]
    [InlineData("a{2,1}", "wrong order")]
    [InlineData("a{1,99999}", "MaxRepetitions")]
    [InlineData("\\p{Nope}", "Unicode property 'Nope'")]
    [InlineData("((((a{1000}){1000}){1000}){1000})", "Max")]
    public void Regex_Unsupported_IsRefusedByName(string pattern, string expected)
    {
        var error = Assert.Throws<GrammarException>(() => s_vocabulary.Compile(GrammarExpression.Regex(pattern)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneOf_Texts_AcceptsExactlyThose() =>
        Check(GrammarExpression.OneOf(["yes", "no", "nothing", "中"]), ["yes", "no", "nothing", "中"], ["n", "not", "yesno", ""]);

    [Fact]
    public void Sequence_OfParts_CrossesTokenBorders()
    {
        var expression = GrammarExpression.Sequence(
            GrammarExpression.Literal("hel"),
            GrammarExpression.Literal("lo"),
            GrammarExpression.Repeat(GrammarExpression.Choice(GrammarExpression.Literal("ab"), GrammarExpression.Literal("c")), 1, 3));

        Check(expression, ["helloab", "helloabc", "hellocccc"[..8]], ["hello", "hellocccc", "hellob"]);
        Assert.Contains(IdOf("hello"), s_vocabulary.Allowed(s_vocabulary.Compile(expression).Start()));
    }

    [Fact]
    public void Token_AskedFor_IsTheOnlyOneAllowed()
    {
        var grammar = s_vocabulary.Compile(GrammarExpression.Sequence(GrammarExpression.Token(s_vocabulary.Control), GrammarExpression.Literal("a")));
        var constraint = grammar.Start();

        Assert.Equal([s_vocabulary.Control], s_vocabulary.Allowed(constraint));
        Assert.True(constraint.TryAccept(s_vocabulary.Control));
        Assert.True(constraint.TryAccept('a'));
        Assert.True(constraint.TryAccept(s_vocabulary.End));
    }

    [Fact]
    public void ToolCalls_OneOfTwoFunctions_AreEnforced()
    {
        (string, string)[] functions =
        [
            ("f", """{"type":"object","properties":{"x":{"type":"integer"}},"required":["x"],"additionalProperties":false}"""),
            ("g", """{"type":"object"}"""),
        ];

        Check(
            ToolCallGrammar.Create(ToolCallFormat.Hermes, functions, several: false),
            ["<tool_call>\n{\"name\": \"f\", \"arguments\": {\"x\": 1}}\n</tool_call>", "<tool_call>{\"name\":\"g\",\"arguments\":{}}</tool_call>"],
            ["<tool_call>\n{\"name\": \"h\", \"arguments\": {}}\n</tool_call>", "<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call>", "hello"]);
        Check(
            ToolCallGrammar.Create(ToolCallFormat.Hermes, functions, several: true),
            ["<tool_call>{\"name\":\"g\",\"arguments\":{}}</tool_call>\n<tool_call>{\"name\":\"f\",\"arguments\":{\"x\":2}}</tool_call>"],
            ["<tool_call>{\"name\":\"g\",\"arguments\":{}}</tool_call>,<tool_call>{\"name\":\"g\",\"arguments\":{}}</tool_call>"]);
    }

    [Fact]
    public void Compile_SameExpressionTwice_IsKept()
    {
        var compiler = new GrammarCompiler(s_vocabulary.Vocabulary, new GrammarCompilerOptions { MaxCachedGrammars = 2 });
        var first = compiler.Compile(GrammarExpression.Regex("a+"));

        Assert.Same(first, compiler.Compile(GrammarExpression.Regex("a+")));
        compiler.Compile(GrammarExpression.Regex("b"));
        compiler.Compile(GrammarExpression.Regex("c"));
        Assert.NotSame(first, compiler.Compile(GrammarExpression.Regex("a+")));
    }

    [Fact]
    public void Compile_BeyondLimits_NamesTheLimit()
    {
        var compiler = new GrammarCompiler(s_vocabulary.Vocabulary, new GrammarCompilerOptions
        {
            Limits = new GrammarLimits { MaxSourceBytes = 50, MaxNesting = 5, MaxAutomatonStates = 100, MaxCompileSteps = 100_000 },
        });

        AssertRefused(GrammarExpression.Schema("{\"title\":\"" + new string('x', 60) + "\"}"), "MaxSourceBytes = 50", "MaxSourceBytes is 50");
        AssertRefused(GrammarExpression.Schema("""{"not":{"not":{"not":{"not":{"not":{}}}}}}"""), "MaxNesting = 5");
        AssertRefused(GrammarExpression.Regex("(((((((a)))))))"), "MaxNesting = 5");
        AssertRefused(GrammarExpression.Regex("a{500}"), "MaxAutomatonStates = 100");
        AssertRefused(GrammarExpression.Regex("(?:[a-z]{90}|[0-9]{90}){9}"), "Max");

        void AssertRefused(GrammarExpression expression, params string[] expected)
        {
            var error = Assert.Throws<GrammarException>(() => compiler.Compile(expression));
            Assert.Contains(expected, text => error.Message.Contains(text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void FillMask_SmallCache_StaysRight()
    {
        var options = new GrammarCompilerOptions { Limits = new GrammarLimits { MaxCachedBytes = 20_000 } };
        var grammar = new GrammarCompiler(s_vocabulary.Vocabulary, options).Compile(GrammarExpression.Schema("""{"type":"object"}"""));
        var text = "{" + string.Join(",", Enumerable.Range(0, 300).Select(index => $"\"k{index}\":[{index},{{\"x\":null}}]")) + "}";

        Assert.True(s_vocabulary.Accepts(grammar, text));
        Assert.False(s_vocabulary.Accepts(grammar, text + "}"));
    }

    [Fact]
    public void TryAccept_DeepNesting_EndsAtTheStackLimitWithoutDeadEnd()
    {
        var constraint = s_vocabulary.Compile(GrammarExpression.Schema("{}")).Start();
        var depth = 0;
        while (depth < 5000 && constraint.TryAccept('['))
        {
            depth++;
        }

        Assert.InRange(depth, 100, 1000);
        Assert.True(constraint.TryAccept('1'));
        for (var level = 0; level < depth; level++)
        {
            Assert.True(constraint.TryAccept(']'));
        }

        Assert.True(constraint.TryAccept(s_vocabulary.End));
    }

    private static int IdOf(string text) => Enumerable.Range(256, s_vocabulary.Tokens.Count - 258)
        .First(token => s_vocabulary.Tokens[token]!.Value.Span.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(text)));

    private static void Check(GrammarExpression expression, string[] valid, string[] invalid)
    {
        foreach (var vocabulary in new[] { TestVocabulary.Bytes, TestVocabulary.Mixed })
        {
            var grammar = vocabulary.Compile(expression);
            Assert.All(valid, text => Assert.True(vocabulary.Accepts(grammar, text), $"{text} must be accepted"));
            Assert.All(invalid, text => Assert.False(vocabulary.Accepts(grammar, text), $"{text} must be refused"));
        }
    }
}
