using InferServe.Grammar;
using InferServe.UnitTests.Grammar.Support;

namespace InferServe.UnitTests.Grammar;

public sealed class NotationGrammarTests
{
    private static readonly TestVocabulary s_vocabulary = TestVocabulary.Mixed;

    private const string Arithmetic = """
        # sums and products
        root ::= sum "\n"?
        sum ::= product (ws ("+" | "-") ws product)*
        product ::= atom ("*" atom)*
        atom ::= [0-9]{1,3} | "(" sum ")"
        ws ::= " "?
        """;

    [Theory]
    [InlineData(Arithmetic, "1|1+2|(1 + 2)*3|((12))\n", "|+|1+|(1|1234|1 +2 ")]
    [InlineData("root ::= \"a\" root \"b\" | \"\"", "|ab|aaabbb", "a|abb|ba")]
    [InlineData("root ::= item root | item\nitem ::= [^x] | 'xx' .", "a|xxx|abxxéa", "x|xx|ax")]
    [InlineData("root ::= \"\\x41\\u00e9\\U0001F600\\\"\" w{2}\nw ::= [a-b\\]]", "Aé😀\"a]", "Aé😀\"a|A")]
    [InlineData("root ::=\n  \"a\"\n  | \"b\" other\nother\n ::= \"c\"+ # end", "a|bc|bccc", "b|ab|c")]
    [InlineData("root ::= (a | b)* \"c\"\na ::= \"a\"\nb ::= \"b\" a?", "c|abac|bbc", "ab|d")]
    public void Notation_Grammar_AcceptsExactlyItsTexts(string text, string valid, string invalid)
    {
        foreach (var vocabulary in new[] { TestVocabulary.Bytes, TestVocabulary.Mixed })
        {
            var grammar = vocabulary.Compile(GrammarExpression.Notation(text));
            Assert.All(valid.Split('|'), instance => Assert.True(vocabulary.Accepts(grammar, instance), $"{instance} must be accepted"));
            Assert.All(invalid.Split('|'), instance => Assert.False(vocabulary.Accepts(grammar, instance), $"{instance} must be refused"));
        }
    }

    [Theory]
    [InlineData("a ::= \"x\"", "no rule 'root'")]
    [InlineData("root ::= b", "line 1, column 10: there is no rule 'b'")]
    [InlineData("root ::= \"a\"\nroot ::= \"b\"", "line 2, column 1: the rule 'root' exists twice")]
    [InlineData("root ::= \"a", "line 1, column 10: the literal is not closed")]
    [InlineData("root ::= (\"a\"", "unmatched '('")]
    [InlineData("root ::= \"a\")", "')' is not expected")]
    [InlineData("root = \"a\"", "'::=' is expected")]
    [InlineData("root ::= a\na ::= root \"x\" | \"y\"", "left-recursive")]
    [InlineData("root ::= n root \"x\" | \"y\"\nn ::= \"z\"?", "left-recursive")]
    [InlineData("root ::= \"a\" root", "No text satisfies")]
    [InlineData("root ::= \"a\"{3,1}", "counts ascend")]
    [InlineData("root ::= [b-a]", "wrong order")]
    public void Notation_Mistake_IsRefusedWithItsPlace(string text, string expected)
    {
        var error = Assert.Throws<GrammarException>(() => s_vocabulary.Compile(GrammarExpression.Notation(text)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Notation_ManyWaysToTheSameRule_StayCheap()
    {
        // Two ways into each of 40 rules are 2^40 paths; they are followed together.
        var rules = Enumerable.Range(0, 40).Select(index => $"r{index} ::= r{index + 1} \"a\" | r{index + 1} \"b\"");
        var grammar = s_vocabulary.Compile(GrammarExpression.Notation($"root ::= r0\n{string.Join('\n', rules)}\nr40 ::= \"x\" | \"xa\""));

        Assert.True(s_vocabulary.Accepts(grammar, "x" + new string('a', 20) + new string('b', 20)));
        Assert.True(s_vocabulary.Accepts(grammar, "xa" + new string('a', 40)));
        Assert.False(s_vocabulary.Accepts(grammar, "x" + new string('a', 39)));
    }
}
