using InferServe.Tokenization.ChatTemplates;

namespace InferServe.UnitTests.Tokenization.ChatTemplates;

public class TemplateExceptionTests
{
    [Theory]
    [InlineData("a\n\n{{ n.x.y }}", 3)]
    [InlineData("{% if t %}\n{{ 'a' + 1 }}{% endif %}", 2)]
    [InlineData("{{ 1\n +\n n }}", 2)]
    [InlineData("{% macro m() %}\n\n{{ 1/0 }}{% endmacro %}\n{{ m() }}", 3)]
    [InlineData("{# a\n b #}\n{{ l|nothing }}", 3)]
    [InlineData("{% raw %}\n\n{% endraw %}\n{{ n() }}", 4)]
    [InlineData("\n{% for x in n %}{% endfor %}", 2)]
    [InlineData("\r\n\r\n{% if %}", 3)]
    [InlineData("\n\n{{ 'open", 3)]
    [InlineData("\n{# open", 2)]
    [InlineData("a\n{% if t %}\nb\n", 3)]
    public void Line_OfAMistake_IsThatOfItsPlace(string template, int line)
    {
        TemplateException exception = Rendering.Failure(template);
        Assert.Equal(line, exception.Line);
        Assert.StartsWith($"Chat template, line {line}: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RaiseException_Message_IsThatOfTheTemplateAlone()
    {
        TemplateException exception = Rendering.Failure("\n{{ raise_exception('Roles must alternate, not ' ~ ms[0].role) }}");
        Assert.IsType<TemplateRaisedException>(exception);
        Assert.Equal("Roles must alternate, not user", exception.Message);
        Assert.Equal(2, exception.Line);
    }

    [Theory]
    [InlineData("{% include 'x' %}", "the tag 'include' is not supported in chat templates")]
    [InlineData("{% import 'x' as x %}", "the tag 'import' is not supported in chat templates")]
    [InlineData("{% nonsense %}", "Encountered unknown tag 'nonsense'.")]
    [InlineData("{% if t %}{% endfor %}", "Encountered unknown tag 'endfor'. The tag 'if' needs one of: elif, else, endif.")]
    [InlineData("{% if t %}", "Unexpected end of template. The tag 'if' needs one of: elif, else, endif.")]
    [InlineData("{% for x in l %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}", "'break' outside loop")]
    [InlineData("{{ 1 is }}", "expected a test's name, got end of print statement")]
    [InlineData("{{ d.pop('b') }}", "access to attribute 'pop' of 'dict' object is unsafe.")]
    [InlineData("{{ s.__class__.__mro__ }}", "access to attribute '__class__' of 'str' object is unsafe.")]
    public void Reason_OfAMistake_NamesIt(string template, string expected) => Assert.Equal(expected, Rendering.Failure(template).Reason);

    [Fact]
    public void Filter_UnknownInABranchNotTaken_IsNoMistake() => Assert.Equal("ok", Rendering.Render("{% if o %}{{ s|unknown }}{% endif %}ok"));
}
