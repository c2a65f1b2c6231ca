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
    [InlineData("""{"model":"m","prompt":["a","b"]}""", "prompt", "not_supported")]
    [InlineData("""{"model":"m","prompt":[[1],[2]]}""", "prompt", "not_supported")]
    [InlineData("""{"model":"m","prompt":"x","echo":true}""", "echo", "not_supported")]
    [InlineData("""{"model":"m","prompt":"x","suffix":"y"}""", "suffix", "not_supported")]
    [InlineData("""{"model":"m","prompt":"x","best_of":2}""", "best_of", "not_supported")]
    [InlineData("""{"model":"m","prompt":"x","best_of":0}""", "best_of", "invalid_value")]
    [InlineData("""{"model":"m","prompt":"x","logprobs":0}""", "logprobs", "not_supported")]
    [InlineData("""{"prompt":"x"}""", "model", "invalid_value")]
    public void Validate_Wrong_IsRefusedByName(string body, string param, string code)
    {
        var violation = Assert.Single(Validate(body).Items);

        Assert.Equal((param, code), (violation.Param, violation.Code));
    }

    [Theory]
    [InlineData("""{"model":"m","prompt":"x"}""")]
    [InlineData("""{"model":"m","prompt":["x"]}""")]
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
