using InferServe.LoadTests.Scenarios.Json;

namespace InferServe.UnitTests.LoadTests.Scenarios;

public sealed class VariableExpressionTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["a"] = "4", ["b_2"] = "0.5", ["text"] = "x" };

    [Theory]
    [InlineData("a", 4)]
    [InlineData("1 + a * 2", 9)]
    [InlineData("(1 + a) * 2", 10)]
    [InlineData("a / b_2 - 1", 7)]
    [InlineData("10 - 2 - 3", 5)]
    [InlineData("-a + 1", -3)]
    [InlineData(" 2.5 ", 2.5)]
    public void Evaluate_Expression_ItsValue(string text, double expected)
    {
        Assert.Equal(expected, VariableExpression.Evaluate(text, Variables));
    }

    [Theory]
    [InlineData("", "a number or the name of a variable is missing")]
    [InlineData("a a", "'a' is left over")]
    [InlineData("(a", "a ) is missing")]
    [InlineData("c", "there is no variable 'c'")]
    [InlineData("text", "the variable 'text' is not a number; it is 'x'")]
    [InlineData("1.2.3", "'1.2.3' is not a number")]
    [InlineData("a / 0", "the result is not a finite number")]
    public void Evaluate_Mistake_NamesIt(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<FormatException>(() => VariableExpression.Evaluate(text, Variables)).Message);
    }

    [Fact]
    public void Evaluate_TooLong_Refused()
    {
        Assert.Throws<FormatException>(() => VariableExpression.Evaluate(new string('(', 201), Variables));
    }
}
