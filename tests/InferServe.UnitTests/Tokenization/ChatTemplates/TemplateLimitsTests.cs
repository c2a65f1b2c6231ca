using InferServe.Tokenization.ChatTemplates;

namespace InferServe.UnitTests.Tokenization.ChatTemplates;

public class TemplateLimitsTests
{
    private static readonly TemplateLimits Small = new()
    {
        MaxSourceCharacters = 2000,
        MaxSyntaxDepth = 30,
        MaxSteps = 20_000,
        MaxOutputCharacters = 5000,
        MaxAllocatedCharacters = 50_000,
        MaxCallDepth = 10,
        MaxRangeLength = 100,
        MaxIntegerBits = 256,
    };

    public static TheoryData<string, string> Excesses => new()
    {
        { new string('x', 2001), nameof(TemplateLimits.MaxSourceCharacters) },
        { $"{{{{ {new string('(', 40)}1{new string(')', 40)} }}}}", nameof(TemplateLimits.MaxSyntaxDepth) },
        { $"{{{{ {new string('[', 40)}{new string(']', 40)} }}}}", nameof(TemplateLimits.MaxSyntaxDepth) },
        { $"{{{{ 1{string.Concat(Enumerable.Repeat("+1", 40))} }}}}", nameof(TemplateLimits.MaxSyntaxDepth) },
        { $"{{{{ s{string.Concat(Enumerable.Repeat(".a", 40))} }}}}", nameof(TemplateLimits.MaxSyntaxDepth) },
        { $"{{{{ s{string.Concat(Enumerable.Repeat("|e", 40))} }}}}", nameof(TemplateLimits.MaxSyntaxDepth) },
        { $"{{{{ {string.Concat(Enumerable.Repeat("not ", 40))}1 }}}}", nameof(TemplateLimits.MaxSyntaxDepth) },
        { $"{{{{ {new string('-', 40)}1 }}}}", nameof(TemplateLimits.MaxSyntaxDepth) },
        { $"{{{{ {string.Concat(Enumerable.Repeat("1 if 1 else ", 40))}1 }}}}", nameof(TemplateLimits.MaxSyntaxDepth) },
        { string.Concat(Enumerable.Repeat("{% if 1 %}", 40)), nameof(TemplateLimits.MaxSyntaxDepth) },
        { $"{{% set {new string('(', 40)}a{new string(')', 40)} = 1 %}}", nameof(TemplateLimits.MaxSyntaxDepth) },
        { "{% for a in range(99) %}{% for b in range(99) %}{% for c in range(99) %}{% endfor %}{% endfor %}{% endfor %}", nameof(TemplateLimits.MaxSteps) },
        { "{% set ns = namespace(l=[1]) %}{% for a in range(99) %}{% set ns.l = ns.l + ns.l %}{% endfor %}", nameof(TemplateLimits.MaxSteps) },
        { "{{ [1] * 10 ** 50 }}", nameof(TemplateLimits.MaxSteps) },
        { "{% set ns = namespace(l=[]) %}{% for a in range(50) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l|tojson }}", nameof(TemplateLimits.MaxOutputCharacters) },
        { "{% set ns = namespace(a=[], b=[]) %}{% for i in range(50) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b }}", nameof(TemplateLimits.MaxSteps) },
        { "{{ 'x' * 10 ** 50 }}", nameof(TemplateLimits.MaxOutputCharacters) },
        { "{{ 'x'.center(1000000) }}", nameof(TemplateLimits.MaxOutputCharacters) },
        { "{{ 'a\nb'|indent(1000000) }}", nameof(TemplateLimits.MaxOutputCharacters) },
        { "{{ [[1]]|tojson(indent=1000000) }}", nameof(TemplateLimits.MaxOutputCharacters) },
        { "{{ ('x' * 4000).replace('', 'yy') }}", nameof(TemplateLimits.MaxOutputCharacters) },
        { "{% for a in range(99) %}{{ 'x' * 99 }}{% endfor %}", nameof(TemplateLimits.MaxOutputCharacters) },
        { "{% for a in range(99) %}{% set x = 'x' * 1000 %}{% endfor %}", nameof(TemplateLimits.MaxAllocatedCharacters) },
        { "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", nameof(TemplateLimits.MaxCallDepth) },
        { "{% macro m() %}{% call m() %}{% endcall %}{{ caller }}{% endmacro %}{{ m() }}", nameof(TemplateLimits.MaxCallDepth) },
        { "{{ range(101) }}", nameof(TemplateLimits.MaxRangeLength) },
        { "{{ range(10 ** 50)|length }}", nameof(TemplateLimits.MaxRangeLength) },
        { "{{ 2 ** (10 ** 20) }}", nameof(TemplateLimits.MaxIntegerBits) },
        { "{% set ns = namespace(a=3) %}{% for i in range(50) %}{% set ns.a = ns.a * ns.a %}{% endfor %}", nameof(TemplateLimits.MaxIntegerBits) },
        { $"{{{{ {new string('9', 100)} }}}}", nameof(TemplateLimits.MaxIntegerBits) },
        { $"{{{{ '{new string('9', 100)}'|int }}}}", nameof(TemplateLimits.MaxIntegerBits) },
    };

    [Theory]
    [MemberData(nameof(Excesses))]
    public void Render_BeyondALimit_NamesTheLimit(string template, string limit)
    {
        TemplateLimitException exception = Assert.IsType<TemplateLimitException>(Rendering.Failure(template, Small));
        Assert.Equal(limit, exception.Limit);
    }

    [Theory]
    [InlineData("{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}")]
    [InlineData("{% set ns = namespace(l=[]) %}{% for a in range(90000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}")]
    [InlineData("{% set ns = namespace(l=[]) %}{% for a in range(90000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l|tojson }}")]
    [InlineData("{% set ns = namespace(l=l) %}{% for a in range(90000) %}{% set ns.l = ns.l|map('string') %}{% endfor %}{{ ns.l|list }}")]
    public void Render_ValuesNestedWithoutEnd_FailsInsteadOfExhaustingTheStack(string template) =>
        Assert.IsType<TemplateLimitException>(Rendering.Failure(template));

    [Fact]
    public void Parse_AsDeepAsAllowedOnASmallStack_DoesNotExhaustIt()
    {
        string deep = $"{{{{ {new string('(', 190)}1{new string(')', 190)} }}}}";
        string? result = null;
        var thread = new Thread(() => result = Rendering.Render(deep), maxStackSize: 1024 * 1024);
        thread.Start();
        thread.Join();
        Assert.Equal("1", result);
    }
}
