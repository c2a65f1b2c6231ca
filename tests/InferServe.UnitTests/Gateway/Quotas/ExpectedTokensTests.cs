using System.Text;
using InferServe.Gateway.Quotas;

namespace InferServe.UnitTests.Gateway.Quotas;

public sealed class ExpectedTokensTests
{
    [Theory]
    [InlineData("""{"model":"a"}""", 256)]
    [InlineData("""{"max_tokens":10}""", 10)]
    [InlineData("""{"max_completion_tokens":20,"x":{"max_tokens":5}}""", 20)]
    [InlineData("""{"max_output_tokens":0,"n":9}""", 0)]
    [InlineData("""{"max_tokens":10,"n":3}""", 30)]
    [InlineData("""{"max_tokens":"10","n":-3}""", 256)]
    public void Of_Body_IsPromptByLengthAndAnswersByLimit(string body, int answers)
        => Assert.Equal((body.Length / 4) + answers, ExpectedTokens.Of(Encoding.UTF8.GetBytes(body), 256));
}
