using System.Buffers;
using InferServe.Contracts.Errors;
using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Routing;

/// <summary>Takes a request's body into memory, where it can be looked at before it is forwarded unchanged.</summary>
internal static class RequestBody
{
    private const int FirstCapacity = 16 * 1024;

    /// <summary>Reads the body and puts the copy in its place; a body that was taken before is not copied again.</summary>
    /// <returns>The copy, at its beginning.</returns>
    /// <exception cref="ApiException">
    /// The body is compressed (415), larger than <paramref name="maxBytes"/> (413), or not there when the request's time is over (408).
    /// </exception>
    public static async Task<MemoryStream> BufferAsync(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        if (request.Body is TakenBody taken)
        {
            taken.Position = 0;
            return taken;
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
        {
            var error = ApiErrors.NotSupported($"A body with Content-Encoding '{encoding}' is not accepted; send it uncompressed.", param: null);
            throw new ApiException(error with { Status = StatusCodes.Status415UnsupportedMediaType });
        }

        if (request.ContentLength > maxBytes)
        {
            throw new ApiException(ApiErrors.BodyTooLarge(maxBytes));
        }

        // The announced length is a claim; memory grows with what arrives.
        var body = new TakenBody((int)Math.Min(request.ContentLength ?? FirstCapacity, FirstCapacity));
        var chunk = ArrayPool<byte>.Shared.Rent(FirstCapacity);
        try
        {
            int count;
            while ((count = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
            {
                if (body.Length + count > maxBytes)
                {
                    throw new ApiException(ApiErrors.BodyTooLarge(maxBytes));
                }

                body.Write(chunk, 0, count);
            }
        }
        catch (OperationCanceledException) when (request.HttpContext.Features.Get<RequestDeadline>() is { Expired.IsCancellationRequested: true } deadline)
        {
            throw new ApiException(ApiErrors.BodyTooLate(deadline.Limit));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        body.Position = 0;
        request.Body = body;
        return body;
    }

    /// <summary>Marks a body that is in memory already.</summary>
    private sealed class TakenBody(int capacity) : MemoryStream(capacity);
}
