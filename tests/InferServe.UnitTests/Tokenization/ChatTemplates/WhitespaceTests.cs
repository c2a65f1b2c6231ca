namespace InferServe.UnitTests.Tokenization.ChatTemplates;

/// <summary>Whitespace control, comments, raw blocks and line ends. The expected results are those of Jinja2 3.1.</summary>
public class WhitespaceTests
{
    [Theory]
    [InlineData("{% raw %}{{ x }}{% endraw %}", "{{ x }}")]
    [InlineData("a{% raw -%}  {{ x }}  {%- endraw %} b", "a{{ x }} b")]
    [InlineData("{% raw %}\n x\n{% endraw %}\ny", "\n x\ny")]
    [InlineData("a\n  {% if t %}\n  b\n  {% endif %}\nc\n", "a\n  b\nc")]
    [InlineData("a\n  {%- if t -%}\n  b\n  {%- endif -%}\nc", "abc")]
    [InlineData("a\n  {%+ if t %}\n  b\n  {%+ endif +%}\nc", "a\n    b\n  \nc")]
    [InlineData("a {{ 1 }}\n\n{{ 2 }}\n", "a 1\n\n2")]
    [InlineData("a\n{# c #}\nb", "a\nb")]
    [InlineData("a {# c #}\nb", "a b")]
    [InlineData("a\n  {#- c -#}\n  b", "ab")]
    [InlineData("  {{ 1 -}}  x", "  1x")]
    [InlineData("  {{- 1 }}  x", "1  x")]
    [InlineData("x{{+ 1 }}", "x1")]
    [InlineData("a\r\nb\rc\n\n", "a\nb\nc\n")]
    [InlineData("{% set x = 1 %}\n{% set y = 2 %}\n\n{{ x }}\n\n", "\n1\n")]
    [InlineData("{% for x in l -%}\n {{ x }}\n{%- endfor %}", "312")]
    [InlineData("{% set x %}a\nb{% endset %}{{ x }}", "a\nb")]
    [InlineData("{%- for m in ms -%}\n    {{- '<|' + m.role + '|>' -}}\n{%- endfor %}\n", "<|user|><|assistant|><|User|>")]
    public void Render_Template_PrintsWhatJinjaPrints(string template, string expected) =>
        Assert.Equal(expected, Rendering.Render(template));

    [Theory]
    [InlineData("{% if 1 %}\n{{ raise_exception('x' ~ 1) }}{% endif %}", "x1")]
    [InlineData("\n\n{{ n.x.y }}", "'None' has no attribute 'x'")]
    public void Render_Mistake_FailsWithTheWordsOfJinja(string template, string expected) =>
        Assert.Equal(expected, Rendering.Failure(template).Reason);
}
