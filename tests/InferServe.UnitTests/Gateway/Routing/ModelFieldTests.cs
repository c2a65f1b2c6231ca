using System.Text;
using InferServe.Contracts.Errors;
using InferServe.Gateway.Routing;

namespace InferServe.UnitTests.Gateway.Routing;

public sealed class ModelFieldTests
{
    [Theory]
    [InlineData("""{"model":"a"}""", "a")]
    [InlineData("""{"messages":[{"model":"no"}],"x":{"model":"no"},"model":"yes","y":[1,2]}""", "yes")]
    [InlineData("""{"\u006dodel":"\u0061\n"}""", "a\n")]
    [InlineData("""  {"model" : "ü" }  """, "ü")]
    public void Read_Body_FindsTheTopLevelModel(string body, string model) => Assert.Equal(model, Read(body));

    [Theory]
    [InlineData("""{}""", "model", ErrorCodes.InvalidValue, "is missing")]
    [InlineData("""{"Model":"a"}""", "model", ErrorCodes.InvalidValue, "is missing")]
    [InlineData("""{"model":null}""", "model", ErrorCodes.InvalidValue, "must be a string, is null")]
    [InlineData("""{"model":["a"]}""", "model", ErrorCodes.InvalidValue, "must be a string, is an array")]
    [InlineData("""{"model":""}""", "model", ErrorCodes.InvalidValue, "has 0")]
    [InlineData("""{"model":"a","model":"b"}""", "model", ErrorCodes.InvalidValue, "given twice")]
    [InlineData("""[]""", null, ErrorCodes.InvalidJson, "must be a JSON object, is an array")]
    [InlineData("""{"model":"a"} x""", null, ErrorCodes.InvalidJson, "not valid JSON")]
    [InlineData("""{"model":"a","x":}""", null, ErrorCodes.InvalidJson, "not valid JSON")]
    [InlineData("""{"\ud800 a member name of some length":1,"model":"a"}""", null, ErrorCodes.InvalidJson, "not valid Unicode")]
    [InlineData("""{"model":"\ud800"}""", null, ErrorCodes.InvalidJson, "not valid Unicode")]
    [InlineData("", null, ErrorCodes.InvalidJson, "not valid JSON")]
    public void Read_WrongBody_Is400(string body, string? param, string code, string message)
    {
        var error = Assert.Throws<ApiException>(() => Read(body)).Error;

        Assert.Equal((400, param, code), (error.Status, error.Param, error.Code));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepNesting_Is400()
        => Assert.Throws<ApiException>(() => Read($$"""{"x":{{new string('[', 100_000)}}"""));

    [Fact]
    public void Read_MutatedBody_ThrowsNothingButApiErrors()
    {
        var valid = Encoding.UTF8.GetBytes("""{"messages":[{"role":"user","content":"h\u00fc"}],"model":"a","stream":true,"n":1e3}""");
        var random = new Random(7);
        for (var round = 0; round < 10_000; round++)
        {
            var mutated = valid.ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(mutated.Count);
                if (random.Next(2) == 0)
                {
                    mutated[at] = (byte)random.Next(256);
                }
                else
                {
                    mutated.RemoveAt(at);
                }
            }

            try
            {
                Assert.NotEmpty(ModelField.Read(mutated.ToArray()));
            }
            catch (ApiException exception)
            {
                Assert.Equal(400, exception.Error.Status);
            }
        }
    }

    private static string Read(string body) => ModelField.Read(Encoding.UTF8.GetBytes(body));
}
