using System.Text;
using InferServe.Contracts.Json;
using InferServe.Contracts.Validation;

namespace InferServe.UnitTests.Contracts.Validation;

public sealed class CompletionRequestValidatorTests
{
    [Theory]
    [InlineData("""{"model":"m"}""", "prompt", "invalid_value")]
    [InlineData("""{"model":"m","prompt":""}""", "prompt", "invalid_value")]
    [InlineData("""{"model":"m","prompt":[]}""", "prompt", "invalid_value")]
    [InlineData("""{"model":"m","prompt":[[]]}""", "prompt", "invalid_value")]
    [InlineData("""{"model":"m","prompt":"x","suffix":"y"}""", "suffix", "not_supported")]
    [InlineData("""{"model":"m","prompt":"x","best_of":2}""", "best_of", "not_supported")]
    [InlineData("""{"model":"m","prompt":"x","best_of":0}""", "best_of", "not_supported")]
    [InlineData("""{"model":"m","prompt":["x",""]}""", "prompt[1]", "invalid_value")]
    [InlineData("""{"model":"m","prompt":[[1],[]]}""", "prompt", "invalid_value")]
    [InlineData("""{"model":"m","prompt":["x","y","z"],"n":60}""", "prompt", "invalid_value")]
    [InlineData("""{"model":"m","prompt":"x","logprobs":21}""", "logprobs", "invalid_value")]
    [InlineData("""{"model":"m","prompt":"x","logprobs":1,"echo":true,"stream":true}""", "echo", "invalid_value")]
    [InlineData("""{"prompt":"x"}""", "model", "invalid_value")]
    public void Validate_Wrong_IsRefusedByName(string body, string param, string code)
    {
        var violation = Assert.Single(Validate(body).Items);

        Assert.Equal((param, code), (violation.Param, violation.Code));
    }

    [Theory]
    [InlineData("""{"model":"m","prompt":"x"}""")]
    [InlineData("""{"model":"m","prompt":["x"]}""")]
    [InlineData("""{"model":"m","prompt":["x","y"],"n":64,"best_of":64}""")]
    [InlineData("""{"model":"m","prompt":[[1],[2,3]],"echo":true,"logprobs":0}""")]
    [InlineData("""{"model":"m","prompt":[1,2]}""")]
    [InlineData("""{"model":"m","prompt":[[1,2]],"echo":false,"suffix":"","best_of":1,"n":1,"logprobs":null}""")]
    public void Validate_Supported_IsAccepted(string body) => Assert.True(Validate(body).IsEmpty);

    private static RuleViolations Validate(string body)
    {
        var limits = new RequestLimits();
        return CompletionRequestValidator.Validate(
            RequestParser.Parse(Encoding.UTF8.GetBytes(body), ContractsJsonContext.Default.CompletionRequest, limits).Value, limits);
    }
}
