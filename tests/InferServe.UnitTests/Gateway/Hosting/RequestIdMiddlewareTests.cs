using InferServe.Gateway.Hosting;

namespace InferServe.UnitTests.Gateway.Hosting;

public sealed class RequestIdMiddlewareTests
{
    [Theory]
    [InlineData("req_1", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\nb", false)]
    [InlineData("ü", false)]
    public void IsAcceptable_Id_IsVisibleAscii(string id, bool acceptable) => Assert.Equal(acceptable, RequestIdMiddleware.IsAcceptable(id));

    [Fact]
    public void IsAcceptable_Length_HasALimit()
    {
        Assert.True(RequestIdMiddleware.IsAcceptable(new string('a', 128)));
        Assert.False(RequestIdMiddleware.IsAcceptable(new string('a', 129)));
    }
}
