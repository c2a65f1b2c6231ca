using System.Text;
using InferServe.Contracts.Errors;

namespace InferServe.UnitTests.Contracts.Errors;

public sealed class ApiErrorTests
{
    [Fact]
    public void ToUtf8Json_WithoutParamAndCode_WritesAllFourMembers()
    {
        var error = new ApiError { Status = 500, Message = "It broke: ü \"x\"", Type = ErrorTypes.Server };

        Assert.Equal(
            """{"error":{"message":"It broke: ü \"x\"","type":"server_error","param":null,"code":null}}""",
            Encoding.UTF8.GetString(error.ToUtf8Json()));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1.01, 2)]
    [InlineData(59.9, 60)]
    [InlineData(1e9, 86_400)]
    public void RetryAfterSeconds_AnyPause_IsAWholeNumberOfAtLeastOne(double pause, int expected) =>
        Assert.Equal(expected, ApiErrors.ShuttingDown(TimeSpan.FromSeconds(pause)).RetryAfterSeconds);

    [Fact]
    public void RetryAfterSeconds_WithoutPause_IsNull() => Assert.Null(ApiErrors.BodyTooLarge(5).RetryAfterSeconds);

    [Fact]
    public void ContextLengthExceeded_Always_NamesBothNumbers()
    {
        var error = ApiErrors.ContextLengthExceeded(5000, 4096, "messages");

        Assert.Equal((400, "context_length_exceeded", "messages"), (error.Status, error.Code, error.Param));
        Assert.Contains("5000", error.Message, StringComparison.Ordinal);
        Assert.Contains("4096", error.Message, StringComparison.Ordinal);
    }
}
