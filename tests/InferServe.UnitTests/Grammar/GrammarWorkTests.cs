using System.Text;
using System.Text.Json.Nodes;
using InferServe.Grammar;
using InferServe.UnitTests.Grammar.Support;

namespace InferServe.UnitTests.Grammar;

/// <summary>Grammars that would need endless work end with an error, and large ones that do not are followed.</summary>
public sealed class GrammarWorkTests
{
    private static readonly TestVocabulary s_vocabulary = TestVocabulary.Mixed;

    [Fact]
    public void Follow_TooManyReadings_FailsInsteadOfEndingTheText()
    {
        // At each of 400 levels the value may be one of the next level, or an array of such: k brackets can be read in (400 over k) ways.
        var levels = new JsonObject();
        for (var level = 0; level < 400; level++)
        {
            levels[$"d{level}"] = JsonNode.Parse($$"""{"anyOf":[{"$ref":"#/$defs/d{{level + 1}}"},{"type":"array","items":{"$ref":"#/$defs/d{{level + 1}}"} }]}""");
        }

        levels["d400"] = JsonNode.Parse("""{"type":"integer"}""");
        var schema = new JsonObject { ["$ref"] = "#/$defs/d0", ["$defs"] = levels };

        var error = Assert.Throws<GrammarException>(() => Open(GrammarExpression.Schema(schema.ToJsonString())));

        Assert.Contains("too many ways", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Follow_LongWay_FailsAtTheLimitOfTheText()
    {
        var compiler = new GrammarCompiler(
            s_vocabulary.Vocabulary, new GrammarCompilerOptions { Limits = new GrammarLimits { MaxStepsPerText = 2_000 } });
        var constraint = compiler.Compile(GrammarExpression.Schema("{}")).Start();

        var error = Assert.Throws<GrammarException>(() => Take(constraint, """{"a":[1,{"b":"c","d":[true,false,null,{"e":[]}]}]}"""));

        Assert.Contains("MaxStepsPerText = 2000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Follow_ManyRequiredMembers_AreNotTooMuch()
    {
        var names = Enumerable.Range(0, 2_500).Select(index => $"p{index}").ToList();
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(names.Select(name => KeyValuePair.Create(name, JsonNode.Parse("""{"type":"integer"}""")))),
            ["required"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]),
            ["additionalProperties"] = false,
        };
        var grammar = s_vocabulary.Compile(GrammarExpression.Schema(schema.ToJsonString()));

        Assert.True(s_vocabulary.Accepts(grammar, "{" + string.Join(',', names.Select(name => $"\"{name}\":1")) + "}"));
        Assert.False(s_vocabulary.Accepts(grammar, "{" + string.Join(',', names.Skip(1).Select(name => $"\"{name}\":1")) + "}"));
    }

    [Fact]
    public void Follow_ManyEnumeratedObjects_AreNotTooMuch()
    {
        var values = string.Join(',', Enumerable.Range(0, 1_000).Select(index => $$"""{"a":[{"b":{{index}}}]}"""));
        var grammar = s_vocabulary.Compile(GrammarExpression.Schema($$"""{"enum":[{{values}}]}"""));

        Assert.True(s_vocabulary.Accepts(grammar, """{"a":[{"b":999}]}"""));
        Assert.False(s_vocabulary.Accepts(grammar, """{"a":[{"b":1000}]}"""));
    }

    private static void Open(GrammarExpression expression)
    {
        var constraint = s_vocabulary.Compile(expression).Start();
        for (var bracket = 0; bracket < 200; bracket++)
        {
            Assert.Contains('[', s_vocabulary.Allowed(constraint));
            Assert.DoesNotContain(s_vocabulary.End, s_vocabulary.Allowed(constraint));
            Assert.True(constraint.TryAccept('['));
        }
    }

    private static void Take(ITokenConstraint constraint, string text)
    {
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            s_vocabulary.Allowed(constraint);
            Assert.True(constraint.TryAccept(value));
        }
    }
}
