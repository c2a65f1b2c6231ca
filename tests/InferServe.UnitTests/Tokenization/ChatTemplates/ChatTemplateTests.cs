using System.Text.Json.Nodes;
using InferServe.Tokenization.ChatTemplates;

namespace InferServe.UnitTests.Tokenization.ChatTemplates;

public class ChatTemplateTests
{
    [Theory]
    [InlineData("%d %B %Y", "05 January 2026")]
    [InlineData("%Y-%m-%d %H:%M:%S", "2026-01-05 14:03:09")]
    [InlineData("%a %A %b %I %p %y %j", "Mon Monday Jan 02 PM 26 005")]
    [InlineData("%-d/%-m %e|%%", "5/1  5|%")]
    [InlineData("%c", "Mon Jan  5 14:03:09 2026")]
    [InlineData("%w %u %U %W %V %G", "1 1 01 01 02 2026")]
    public void StrftimeNow_Format_GivesTheTimeOfTheClock(string format, string expected) =>
        Assert.Equal(expected, Rendering.Render($"{{{{ strftime_now('{format}') }}}}"));

    [Fact]
    public void StrftimeNow_UnknownDirective_NamesIt() =>
        Assert.Equal("the strftime directive '%Q' is not supported", Rendering.Failure("{{ strftime_now('%Q') }}").Reason);

    [Fact]
    public void Render_NumbersMadeInCode_KeepTheirKind()
    {
        var variables = new JsonObject { ["i"] = 1, ["d"] = 1.0, ["l"] = long.MaxValue, ["m"] = 2.5m, ["b"] = false, ["s"] = "x" };
        string text = ChatTemplate.Parse("{{ [i, d, l, m, b, s] }}").Render(variables, Rendering.Clock);
        Assert.Equal("[1, 1.0, 9223372036854775807, 2.5, False, 'x']", text);
    }

    [Fact]
    public void Render_VariableWithADuplicateKey_Fails()
    {
        JsonObject variables = JsonNode.Parse("""{"messages": {"a": 1, "a": 2}}""")!.AsObject();
        TemplateException exception = Assert.Throws<TemplateException>(() => ChatTemplate.Parse("").Render(variables, Rendering.Clock));
        Assert.Contains("not valid JSON", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NameOfAGlobal_IsHiddenByAVariable() =>
        Assert.Equal("5", ChatTemplate.Parse("{{ range }}").Render(new JsonObject { ["range"] = 5 }, Rendering.Clock));

    [Fact]
    public void Render_ByManyThreadsAtOnce_IsIndependent()
    {
        ChatTemplate template = ChatTemplate.Parse(
            "{% set ns = namespace(n=0) %}{% macro m(a) %}{% set ns.n = ns.n + a %}{% endmacro %}{% for i in range(50) %}{{ m(k) }}{% endfor %}{{ ns.n }}");
        string[] results = new string[200];
        Parallel.For(0, results.Length, i => results[i] = template.Render(new JsonObject { ["k"] = i }, Rendering.Clock));
        Assert.Equal(Enumerable.Range(0, results.Length).Select(i => $"{i * 50}"), results);
    }
}
