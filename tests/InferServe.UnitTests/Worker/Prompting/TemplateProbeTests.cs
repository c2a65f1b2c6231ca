using InferServe.Tokenization.ChatTemplates;
using InferServe.Worker.Prompting;

namespace InferServe.UnitTests.Worker.Prompting;

public sealed class TemplateProbeTests
{
    private const string Loop = "{% for m in messages %}{{ m.content }}{% for c in m.tool_calls or [] %}CALL{% endfor %}{% endfor %}";

    [Theory]
    [InlineData(Loop, "ShowsTools=False")]
    [InlineData("{{ tools | tojson }}" + Loop, "ShowsTools=True")]
    [InlineData("{% for m in messages %}{% for p in m.content %}{{ p.text }}{% endfor %}{% endfor %}", "ContentAsParts=True")]
    [InlineData("{% for m in messages %}{{ m.content if m.content is string else m.content[0].text }}{% endfor %}", "ContentAsParts=False")]
    [InlineData("{% for m in messages if m.role == 'system' %}{{ m.content + m.tools }}{% endfor %}", "ToolsInSystemMessage=True")]
    [InlineData("{{ '' + (tools | tojson) }}{% for m in messages %}{{ m.tools }}{% endfor %}", "ToolsInSystemMessage=False")]
    [InlineData("CALL.arguments | tojson", "ArgumentsAsText=False")]
    [InlineData("'' + CALL.arguments", "ArgumentsAsText=True")]
    [InlineData("CALL.arguments", "ArgumentsAsText=True")]
    [InlineData("'' + CALL.arguments if m.content is none", "NoContentBesideCalls=True")]
    [InlineData("'' + CALL.arguments if m.content is none", "ArgumentsAsText=True")]
    [InlineData("CALL.arguments | tojson", "NoContentBesideCalls=False")]
    [InlineData("raise_exception('length') if (c.id | length) != 9 else CALL.arguments | tojson", "NineCharacterIds=True")]
    [InlineData("c.id ~ CALL.arguments | tojson", "NineCharacterIds=False")]
    public void Abilities_Template_AreFoundByRendering(string template, string expected)
    {
        var source = template.Contains("CALL.", StringComparison.Ordinal)
            ? Loop.Replace("CALL", $"{{{{ {template.Replace("CALL", "c.function", StringComparison.Ordinal)} }}}}", StringComparison.Ordinal)
            : template;

        Assert.Contains(expected, Of(source).ToString().Replace(" = ", "=", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static TemplateAbilities Of(string source)
    {
        var template = ChatTemplate.Parse(source);
        return new TemplateProbe(template, template, "<s>", "</s>").Abilities();
    }
}
