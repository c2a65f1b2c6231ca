namespace InferServe.UnitTests.Tokenization.ChatTemplates;

/// <summary>Rarer parts of the language. The expected results are those of Jinja2 3.1 under Python 3.11.</summary>
public sealed class ParityTests
{
    [Theory]
    [InlineData("{% for x in [[1,[2]],3] recursive %}{{ loop.depth }}{{ loop(x) if x is sequence else x }}{% endfor %}", "12123213")]
    [InlineData("{% for x in [{'n':'a','c':[{'n':'b'}]},{'n':'c'}] recursive %}{{ loop.index }}{{ x.n }}({{ loop(x.c) if x.c }}){% endfor %}", "1a(1b())2c()")]
    [InlineData("{% for x in [] recursive %}{% else %}E{% endfor %}", "E")]
    public void Render_Recursion_IsWhatTheReferenceGives(string template, string expected) => Assert.Equal(expected, Rendering.Render(template));

    [Theory]
    [InlineData("{% block a %}x{{ s[:2] }}{% endblock %}", "xHe")]
    [InlineData("{% set y = 1 %}{% block a %}{{ y }}{% set y = 2 %}{{ y }}{% endblock a %}{{ y }}", "121")]
    [InlineData("{% for x in l %}{% block q scoped %}{{ x }}{% endblock %}{% endfor %}", "312")]
    [InlineData("{% for x in l %}{% block q %}[{{ x }}]{% endblock %}{% endfor %}", "[][][]")]
    [InlineData("{% autoescape false %}<{{ '<' }}>{% endautoescape %}", "<<>")]
    public void Render_Blocks_IsWhatTheReferenceGives(string template, string expected) => Assert.Equal(expected, Rendering.Render(template));

    [Theory]
    [InlineData("{% set c = cycler('a','b') %}{{ c.next() }}{{ c.current }}{{ c.next() }}{{ c.next() }}{{ c.reset() }}{{ c.current }}", "abbaNonea")]
    [InlineData("{% set j = joiner('; ') %}{% for x in l %}{{ j() }}{{ x }}{% endfor %}", "3; 1; 2")]
    [InlineData("{% set j = joiner() %}{{ j() }}{{ j() }}", ", ")]
    public void Render_Globals_IsWhatTheReferenceGives(string template, string expected) => Assert.Equal(expected, Rendering.Render(template));

    [Theory]
    [InlineData("{{ '%e %.2E %g %G %g' % (f, f, e, e, 0.0001) }}", "1.500000e+00 1.50E+00 1e+20 1E+20 0.0001")]
    [InlineData("{{ '%c%c %#x %#o %X' % (65, 'z', 255, 8, 255) }}", "Az 0xff 0o10 FF")]
    [InlineData("{{ '%.3d|%+d|% d|%-6d|%06.2f' % (5, 5, 5, 5, f) }}", "005|+5| 5|5     |001.50")]
    [InlineData("{{ '%8s|%-8s|%.2s' % ('\ud83d\ude00a', '\ud83d\ude00a', '\ud83d\ude00ab') }}", "      \ud83d\ude00a|\ud83d\ude00a      |\ud83d\ude00a")]
    [InlineData("{{ '%s' % [1] }}{{ 'x' % [] }}{{ 'x' % range(2) }}", "[1]xx")]
    public void Render_Printf_IsWhatTheReferenceGives(string template, string expected) => Assert.Equal(expected, Rendering.Render(template));

    [Theory]
    [InlineData("{{ '{0[b]} {d[C]} {0.C}'.format(d, d=d) }}", "1 z z")]
    [InlineData("{{ '{:>6}|{:<6}|{:^7}|{:*^7}'.format('ab', 'ab', 'ab', 'ab') }}", "    ab|ab    |  ab   |**ab***")]
    [InlineData("{{ '{:,} {:_} {:+} {: } {:05d}'.format(1234567, 1234567, 5, 5, -42) }}", "1,234,567 1_234_567 +5  5 -0042")]
    [InlineData("{{ '{:x} {:#X} {:b} {:#o} {:c}'.format(255, 255, 5, 8, 65) }}", "ff 0XFF 101 0o10 A")]
    [InlineData("{{ '{:.2f} {:e} {:g} {:.3} {:%} {:.1%}'.format(f, f, e, 10.0, f, 0.256) }}", "1.50 1.500000e+00 1e+20 10.0 150.000000% 25.6%")]
    [InlineData("{{ '{:{w}.{p}f}|{:{}}'.format(f, 'a', 4, w=8, p=3) }}", "   1.500|a   ")]
    [InlineData("{{ '{:5}|{!r:>5}|{!s}'.format(true, 'a', none) }}", "    1|  'a'|None")]
    [InlineData("{{ '{0}{1}{0}'.format(1, 2) }}{{ '{}{{}}'.format(1) }}", "1211{}")]
    [InlineData("{{ '{a} {b}'.format_map({'a': 1, 'b': 2}) }}", "1 2")]
    public void Render_Braces_IsWhatTheReferenceGives(string template, string expected) => Assert.Equal(expected, Rendering.Render(template));

    [Theory]
    [InlineData("{{ 'a\\tbc\\td'.expandtabs(4) }}", "a   bc  d")]
    [InlineData("{{ 'Ab Cd'.istitle() }}{{ 'AB'.istitle() }}{{ 'a_1'.isidentifier() }}{{ '1a'.isidentifier() }}{{ 'a'.isascii() }}{{ s.isascii() }}{{ 'a\\n'.isprintable() }}", "TrueFalseTrueFalseTrueFalseFalse")]
    [InlineData("{{ 'stra\u00dfe'.upper() }}{{ '\u00df'.title() }}{{ '\u00df'.capitalize() }}{{ 'A\u00df'.swapcase() }}{{ 'Stra\u00dfe'.casefold() }}", "STRASSESsSsaSSstrasse")]
    [InlineData("{{ (5).bit_length() }}{{ (5).real }}{{ (1.5).imag }}{{ (2.0).is_integer() }}{{ true.numerator }}", "350.0True1")]
    public void Render_Methods_IsWhatTheReferenceGives(string template, string expected) => Assert.Equal(expected, Rendering.Render(template));

    [Theory]
    [InlineData("{{ 1234567|filesizeformat }}|{{ 1|filesizeformat }}|{{ 2048|filesizeformat(true) }}|{{ 999|filesizeformat }}", "1.2 MB|1 Byte|2.0 KiB|999 Bytes")]
    [InlineData("{{ {'a': 1, 'b': none, 'c<': '\"x\"'}|xmlattr }}", " a=\"1\" c&lt;=\"&#34;x&#34;\"")]
    [InlineData("{{ {'a b': '\u00fc&', 'c': 1}|urlencode }}|{{ 'a b/c?'|urlencode }}|{{ [('x', 1)]|urlencode }}", "a+b=%C3%BC%26&c=1|a%20b/c%3F|x=1")]
    [InlineData("{{ 1250|round(-2) }} {{ 1350|round(-2) }} {{ -15|round(-1) }} {{ 7|round(-3) }}", "1200 1400 -20 0")]
    [InlineData("{{ l|truncate(9) }}", "[3, 1, 2]")]
    [InlineData("{{ -7 % 3.5 }} {{ 7.5 % -2.5 }} {{ 3 is odd }} {{ 2.0 is even }} {{ 1.5 is odd }}", "0.0 -0.0 True True False")]
    public void Render_Filters_IsWhatTheReferenceGives(string template, string expected) => Assert.Equal(expected, Rendering.Render(template));

    [Theory]
    [InlineData("{% for x in l %}{{ loop(l) }}{% endfor %}", "The loop must have the 'recursive' marker to be called recursively.")]
    [InlineData("{% for x in l recursive %}{{ loop(l) }}{% endfor %}", "macros call each other more than 100 deep")]
    [InlineData("{% block a %}{% endblock %}{% block a %}{% endblock %}", "block 'a' defined twice")]
    [InlineData("{% autoescape true %}{% endautoescape %}", "autoescape is not supported in chat templates")]
    [InlineData("{{ '{:d}'.format(1.5) }}", "Unknown format code 'd' for object of type 'float'")]
    [InlineData("{{ '{:>5}'.format(l) }}", "unsupported format string passed to list.__format__")]
    [InlineData("{{ '{:{:{}}}'.format(1, 2, 3) }}", "Max string recursion exceeded")]
    [InlineData("{{ '{:99999}'.format(1) }}", "a format's width or precision is over 10000")]
    [InlineData("{{ cycler() }}", "at least one item has to be provided")]
    [InlineData("{{ l is filter }}", "unhashable type: 'list'")]
    [InlineData("{{ {'a b': 1}|xmlattr }}", "Invalid character in attribute name: 'a b'")]
    public void Render_Mistake_FailsWithItsReason(string template, string expected) => Assert.Equal(expected, Rendering.Failure(template).Reason);
}
