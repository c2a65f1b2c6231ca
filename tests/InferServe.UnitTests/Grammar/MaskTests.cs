using System.Text;
using System.Text.Json;
using InferServe.Grammar;
using InferServe.UnitTests.Grammar.Support;

namespace InferServe.UnitTests.Grammar;

public sealed class MaskTests
{
    private static readonly TestVocabulary s_vocabulary = TestVocabulary.Mixed;

    public static TheoryData<string> Schemas =>
    [
        """{"type":"object"}""",
        """{"type":"object","properties":{"name":{"type":"string","maxLength":9},"n":{"type":"integer","minimum":3,"maximum":300},"b":{"type":"boolean"}},"required":["n"],"additionalProperties":false}""",
        """{"type":"object","properties":{"name":{"type":"string","minLength":3}},"additionalProperties":{"type":"number"},"maxProperties":3,"minProperties":2}""",
        """{"type":"array","items":{"anyOf":[{"type":"string","pattern":"^[a-cé]{2,5}$"},{"type":"null"},{"type":"array","maxItems":2}]},"minItems":1,"maxItems":4}""",
        """{"type":"object","patternProperties":{"^a":{"type":"integer"}},"additionalProperties":{"enum":["the","name",null]},"required":["abc"]}""",
        """{"oneOf":[{"type":"object","required":["a"]},{"type":"object","required":["b"],"properties":{"b":{"type":"array"}}}]}""",
        """{"type":"string","not":{"pattern":"a"}}""",
    ];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void FillMask_AnyState_AgreesWithTryAccept(string schema)
    {
        var grammar = s_vocabulary.Compile(GrammarExpression.Schema(schema));
        var random = new Random(17);
        for (var walk = 0; walk < 6; walk++)
        {
            var accepted = new List<int>();
            var constraint = grammar.Start();
            for (var step = 0; step < 25; step++)
            {
                var allowed = s_vocabulary.Allowed(constraint);
                foreach (var token in Enumerable.Range(0, s_vocabulary.Vocabulary.Size))
                {
                    Assert.Equal(Replay(grammar, accepted).TryAccept(token), allowed.Contains(token));
                }

                var next = Choose(allowed, random);
                Assert.True(constraint.TryAccept(next));
                accepted.Add(next);
                if (next == s_vocabulary.End)
                {
                    break;
                }
            }
        }
    }

    // Two of the schemas ask for keys that a walk without aim seldom writes: there it is enough that it never runs into a dead end.
    [Theory]
    [MemberData(nameof(Schemas))]
    public void FillMask_RandomWalk_EndsInAcceptedJson(string schema)
    {
        var grammar = s_vocabulary.Compile(GrammarExpression.Schema(schema));
        var random = new Random(5);
        var ended = 0;
        for (var walk = 0; walk < 30; walk++)
        {
            var text = new List<byte>();
            var constraint = grammar.Start();
            var finished = false;
            while (!finished && text.Count < 400)
            {
                var allowed = s_vocabulary.Allowed(constraint);
                Assert.NotEmpty(allowed);

                // After a while only the shortest way out is taken, so that every walk ends.
                var token = text.Count < 120 ? Choose(allowed, random) : WayOut(allowed);
                Assert.True(constraint.TryAccept(token));
                finished = token == s_vocabulary.End;
                text.AddRange(finished ? [] : s_vocabulary.Tokens[token]!.Value.ToArray());
            }

            if (!finished)
            {
                continue;
            }

            ended++;
            using var parsed = JsonDocument.Parse(new UTF8Encoding(false, true).GetString([.. text]));
            Assert.True(s_vocabulary.Accepts(grammar, [.. text]));
        }

        Assert.True(ended > 0 || schema.Contains("\"required\":[\"a", StringComparison.Ordinal));
    }

    [Fact]
    public void TryAccept_RefusedToken_ChangesNothing()
    {
        var constraint = s_vocabulary.Compile(GrammarExpression.Schema("""{"type":"integer"}""")).Start();

        Assert.True(constraint.TryAccept('1'));
        Assert.False(constraint.TryAccept('x'));
        Assert.False(constraint.TryAccept(-1));
        Assert.False(constraint.TryAccept(s_vocabulary.Vocabulary.Size));
        Assert.False(constraint.TryAccept(s_vocabulary.Control));
        Assert.True(constraint.TryAccept('2'));
        Assert.True(constraint.TryAccept(s_vocabulary.End));
        Assert.False(constraint.TryAccept('3'));
        Assert.Equal([s_vocabulary.End], s_vocabulary.Allowed(constraint));
    }

    [Theory]
    [InlineData(new byte[] { 0xC3 }, true)]
    [InlineData(new byte[] { 0xC0 }, false)]
    [InlineData(new byte[] { 0x80 }, false)]
    [InlineData(new byte[] { 0xE0, 0x80 }, false)]
    [InlineData(new byte[] { 0xED, 0xA0 }, false)]
    [InlineData(new byte[] { 0xF4, 0x90 }, false)]
    [InlineData(new byte[] { 0xF5 }, false)]
    [InlineData(new byte[] { 0xF4, 0x8F, 0xBF, 0xBF }, true)]
    [InlineData(new byte[] { 0xC3, (byte)'"' }, false)]
    public void TryAccept_WithinString_OnlyWellFormedUtf8(byte[] bytes, bool expected)
    {
        foreach (var schema in new[] { """{"type":"string"}""", """{"type":"string","maxLength":8}""", """{"type":"string","pattern":"^."}""" })
        {
            var constraint = TestVocabulary.Bytes.Compile(GrammarExpression.Schema(schema)).Start();
            Assert.True(constraint.TryAccept('"'));
            Assert.Equal(expected, bytes.All(value => constraint.TryAccept(value)));
        }
    }

    private static ITokenConstraint Replay(ITokenGrammar grammar, List<int> tokens)
    {
        var constraint = grammar.Start();
        tokens.ForEach(token => Assert.True(constraint.TryAccept(token)));
        return constraint;
    }

    private static int Choose(HashSet<int> allowed, Random random)
    {
        // Long tokens and the end are rarer than bytes; half of the time they are preferred.
        var rare = allowed.Where(token => token >= 256).ToList();
        return rare.Count > 0 && random.Next(2) == 0 ? rare[random.Next(rare.Count)] : allowed.ElementAt(random.Next(allowed.Count));
    }

    private static int WayOut(HashSet<int> allowed)
    {
        if (allowed.Contains(s_vocabulary.End))
        {
            return s_vocabulary.End;
        }

        // Closing characters first, then anything that may stand in a value.
        foreach (var value in "\"}]:,n1ul0tre"u8)
        {
            if (allowed.Contains(value) && (value != ',' || !allowed.Contains('}')))
            {
                return value;
            }
        }

        return allowed.Where(token => token < 256).DefaultIfEmpty(allowed.First()).First();
    }
}
