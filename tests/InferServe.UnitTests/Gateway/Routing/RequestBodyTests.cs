using InferServe.Contracts.Errors;
using InferServe.Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace InferServe.UnitTests.Gateway.Routing;

public sealed class RequestBodyTests
{
    [Fact]
    public async Task Buffer_Body_IsCopiedAndReadableAgain()
    {
        var bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        var request = Request(bytes);

        var body = await RequestBody.BufferAsync(request, maxBytes: 100_000, CancellationToken.None);

        Assert.Equal(bytes, body.ToArray());
        Assert.Same(body, request.Body);
        Assert.Equal(0, body.Position);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Buffer_TooLarge_Is413WithTheLimit(bool announced)
    {
        var request = Request(new byte[1_001]);
        request.ContentLength = announced ? 1_001 : null;

        var exception = await Assert.ThrowsAsync<ApiException>(() => RequestBody.BufferAsync(request, maxBytes: 1_000, CancellationToken.None));

        Assert.Equal(413, exception.Error.Status);
        Assert.Contains("1000", exception.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buffer_CompressedBody_Is415()
    {
        var request = Request(new byte[10]);
        request.Headers.ContentEncoding = "gzip";

        var exception = await Assert.ThrowsAsync<ApiException>(() => RequestBody.BufferAsync(request, maxBytes: 1_000, CancellationToken.None));

        Assert.Equal(415, exception.Error.Status);
    }

    private static HttpRequest Request(byte[] body)
    {
        var request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream(body);
        return request;
    }
}
