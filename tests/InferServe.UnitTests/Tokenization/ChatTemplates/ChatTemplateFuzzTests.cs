using System.Text;
using InferServe.Tokenization.ChatTemplates;

namespace InferServe.UnitTests.Tokenization.ChatTemplates;

/// <summary>Damaged templates: whatever they say, they render or fail with a <see cref="TemplateException"/>.</summary>
public class ChatTemplateFuzzTests
{
    private const string Seed = """
        {%- set ns = namespace(found=false, text='') -%}
        {%- macro show(value, depth=0) -%}
            {%- if value is mapping -%}{ {%- for k, v in value|items -%}{{ k }}: {{ show(v, depth=depth + 1) }}{% if not loop.last %}, {% endif %}{%- endfor -%} }
            {%- elif value is iterable and value is not string -%}[{% for v in value %}{{ show(v) ~ ';' }}{% endfor %}]
            {%- else -%}{{ value|tojson(indent=2) }}{%- endif -%}
        {%- endmacro -%}
        {%- macro wrap(x) -%}<{{ caller(x) }}>{%- endmacro -%}
        {% for m in ms if m['role'] != 'x' %}
            {%- if loop.first and m.role == 'system' %}{{ raise_exception('no ' + m.role) }}{% endif %}
            {{- '<|' ~ m.role|trim|upper ~ '|>' + m.content.strip().split('i')[-1][:3] }}
            {%- set ns.text = ns.text ~ m.content|default('-', true) * 3 %}
            {%- if loop.index0 % 2 == 1 %}{% continue %}{% endif %}
        {% else %}none{% endfor %}
        {# note #}{% raw %}{{ raw }}{% endraw %}{% filter replace('a', 'b') %}{{ show(d) }}{% endfilter %}
        {% set block | upper %}{{ l|sort|join(', ') }} {{ words|map('lower')|unique|list }}{% endset %}{{ block }}
        {% with a = 1, b = l[::-1] %}{{ '%s-%05.2f' % (a, b[0] / 3) }}{% endwith %}{{ 'a{:>4}'.format(2 ** 5 // 3) if t else [1, (2,), {'k': none}] }}
        {% call(x) wrap(3) %}{{ x }}{% endcall %}{% generation %}{{ strftime_now('%Y-%m-%d') }}{% endgeneration %}
        """;

    private static readonly string[] Pieces =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "(", ")", "[", "]", "{", "}", "|", ".", ",", ":", "=", "~", "**", "//", "'", "\"", "\\",
        "\n", " ", "if ", "else", "endif", "for ", " in ", "endfor", "macro ", "endmacro", "set ", "not ", " is ", "raw", "endraw", "loop",
        "caller()", "show(show)", "range(99999)", "9999999999", "1e308", "0x", "none", "😀", "\0", "\ud800", "|list", "|tojson", "*ms", "**d", " recursive",
        "block b", "endblock", "autoescape false", "endautoescape", "cycler(1, 2)", "joiner()", ".format(", "{:{}>9}", "%-9.3g", "|xmlattr", "|batch(2)",
    ];

    private static readonly TemplateLimits Limits = new() { MaxSteps = 20_000, MaxOutputCharacters = 50_000, MaxAllocatedCharacters = 500_000 };

    [Fact]
    public void Render_SeedTemplate_Succeeds() => Assert.Contains("<|USER|>", Rendering.Render(Seed), StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Render_DamagedTemplates_FailWithTemplateExceptionsOnly(int seed)
    {
        var random = new Random(seed);
        int rendered = 0;
        for (int round = 0; round < 400; round++)
        {
            string template = Damage(random);
            try
            {
                Rendering.Render(template, Limits);
                rendered++;
            }
            catch (TemplateException)
            {
                // Expected; any other exception fails the test.
            }
        }

        Assert.True(rendered > 0, "No damaged template renders: the damage is too great to test the evaluator.");
    }

    private static string Damage(Random random)
    {
        var text = new StringBuilder(Seed);
        for (int damages = random.Next(1, 5); damages > 0; damages--)
        {
            int at = random.Next(text.Length);
            int length = Math.Min(random.Next(1, 12), text.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                default:
                    text.Insert(at, text.ToString(random.Next(text.Length - length), length));
                    break;
            }
        }

        return text.ToString();
    }
}
