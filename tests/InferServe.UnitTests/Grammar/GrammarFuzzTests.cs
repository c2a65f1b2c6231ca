using System.Text;
using InferServe.Grammar;
using InferServe.UnitTests.Grammar.Support;

namespace InferServe.UnitTests.Grammar;

/// <summary>Mutations of working grammars: each is compiled or refused with a reason, and what is compiled can be followed.</summary>
public sealed class GrammarFuzzTests
{
    private static readonly GrammarCompiler s_compiler = new(TestVocabulary.Mixed.Vocabulary, new GrammarCompilerOptions
    {
        Limits = new GrammarLimits { MaxCompileSteps = 2_000_000, MaxAutomatonStates = 5_000, MaxAlternatives = 100, MaxCachedBytes = 1_000_000 },
        MaxCachedGrammars = 4,
    });

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":["string","null"],"pattern":"^a{1,20}b?$","maxLength":9},"b":{"$ref":"#"}},"required":["a"],"additionalProperties":{"oneOf":[{"type":"integer","minimum":-12.5},{"not":{"enum":[1,"x",{}]}}]},"minProperties":1}""")]
    [InlineData("""{"type":"array","prefixItems":[{"const":null}],"items":{"anyOf":[{"multipleOf":0.3},{"format":"date"}]},"contains":{"type":"boolean"},"maxItems":7,"if":{"minItems":2},"then":{"maxItems":3}}""")]
    public void Compile_MutatedSchema_IsCompiledOrRefused(string schema) => Mutate(schema, text => GrammarExpression.Schema(text));

    [Theory]
    [InlineData("^(?:[a-zé]{2,9}|\\d+(?:\\.\\d*)?)(?i:x|y)*[^\\s\\]]\\p{L}\\u0041.$")]
    public void Compile_MutatedRegex_IsCompiledOrRefused(string pattern) => Mutate(pattern, GrammarExpression.Regex);

    [Theory]
    [InlineData("root ::= item (\",\" item){0,5} | \"(\" root \")\" # all\nitem ::= [a-z^\\]]+ | '\\x41' ws? .\nws ::= [ \\n]* | ws2\nws2 ::= \"\\u00e9\" root")]
    public void Compile_MutatedNotation_IsCompiledOrRefused(string grammar) => Mutate(grammar, GrammarExpression.Notation);

    private static void Mutate(string seed, Func<string, GrammarExpression> expression)
    {
        var random = new Random(23);
        for (var round = 0; round < 250; round++)
        {
            var text = new StringBuilder(seed);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                Change(text, random);
            }

            try
            {
                Follow(s_compiler.Compile(expression(text.ToString())), random);
            }
            catch (GrammarException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }

    private static void Change(StringBuilder text, Random random)
    {
        const string inserted = "{}[]()|*+?\\^$\"',:0129ax-.\n😀\0";
        var position = random.Next(text.Length);
        switch (random.Next(4))
        {
            case 0:
                text.Remove(position, Math.Min(random.Next(1, 6), text.Length - position));
                break;
            case 1:
                text.Insert(position, inserted[random.Next(inserted.Length)]);
                break;
            case 2:
                text[position] = inserted[random.Next(inserted.Length)];
                break;
            default:
                var from = random.Next(text.Length);
                text.Insert(position, text.ToString(from, Math.Min(random.Next(1, 12), text.Length - from)));
                break;
        }
    }

    private static void Follow(ITokenGrammar grammar, Random random)
    {
        var constraint = grammar.Start();
        for (var step = 0; step < 12; step++)
        {
            var allowed = TestVocabulary.Mixed.Allowed(constraint);
            Assert.NotEmpty(allowed);
            Assert.True(constraint.TryAccept(allowed.ElementAt(random.Next(allowed.Count))));
        }
    }
}
