namespace InferServe.UnitTests.Tokenization.ChatTemplates;

/// <summary>The tests of 'is'. The expected results are those of Jinja2 3.1.</summary>
public class TestTests
{
    [Theory]
    [InlineData("{{ 1 is number }}", "True")]
    [InlineData("{{ t is number }}", "True")]
    [InlineData("{{ t is integer }}", "False")]
    [InlineData("{{ t is boolean }}", "True")]
    [InlineData("{{ 1.0 is float }}", "True")]
    [InlineData("{{ s is string }}", "True")]
    [InlineData("{{ d is mapping }}", "True")]
    [InlineData("{{ l is mapping }}", "False")]
    [InlineData("{{ l is sequence }}", "True")]
    [InlineData("{{ s is sequence }}", "True")]
    [InlineData("{{ d is sequence }}", "True")]
    [InlineData("{{ 5 is iterable }}", "False")]
    [InlineData("{{ n is none }}", "True")]
    [InlineData("{{ undef is defined }}", "False")]
    [InlineData("{{ undef is none }}", "False")]
    [InlineData("{{ undef is undefined }}", "True")]
    [InlineData("{{ undef is sequence }}", "True")]
    [InlineData("{{ d.x is defined }}", "False")]
    [InlineData("{{ 1 is odd }}", "True")]
    [InlineData("{{ 2 is even }}", "True")]
    [InlineData("{{ 6 is divisibleby 3 }}", "True")]
    [InlineData("{{ 6 is divisibleby(4) }}", "False")]
    [InlineData("{{ 'a' is in 'abc' }}", "True")]
    [InlineData("{{ 'a' is in ['b'] }}", "False")]
    [InlineData("{{ 'ABC' is upper }}", "True")]
    [InlineData("{{ 'abc' is lower }}", "True")]
    [InlineData("{{ 'a' is eq 'a' }}", "True")]
    [InlineData("{{ 1 is sameas 1 }}", "True")]
    [InlineData("{{ t is true }}", "True")]
    [InlineData("{{ 1 is true }}", "False")]
    [InlineData("{{ o is false }}", "False")]
    [InlineData("{{ raise_exception is callable }}", "True")]
    [InlineData("{{ 'upper' is filter }}", "True")]
    [InlineData("{{ 'odd' is test }}", "True")]
    [InlineData("{{ not t is false }}", "True")]
    [InlineData("{{ 1 is not none }}", "True")]
    [InlineData("{{ s is string and t is not none }}", "True")]
    [InlineData("{{ (1 if o) is defined }}", "False")]
    [InlineData("{{ range(3) is sequence }}", "True")]
    [InlineData("{{ 1 is sameas(1.0) }}", "False")]
    [InlineData("{{ t is sameas true }}", "True")]
    [InlineData("{{ d.b if d.b is defined and d.b > 0 else 'x' }}", "1")]
    public void Render_Template_PrintsWhatJinjaPrints(string template, string expected) =>
        Assert.Equal(expected, Rendering.Render(template));

    [Theory]
    [InlineData("{{ 'a' is foo }}", "No test named 'foo'.")]
    [InlineData("{{ a is b is c }}", "You cannot chain multiple tests with is")]
    public void Render_Mistake_FailsWithTheWordsOfJinja(string template, string expected) =>
        Assert.Equal(expected, Rendering.Failure(template).Reason);
}
