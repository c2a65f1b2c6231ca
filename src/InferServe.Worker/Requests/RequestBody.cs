using System.Buffers;
using InferServe.Contracts.Errors;

namespace InferServe.Worker.Requests;

/// <summary>Reads a request body into memory.</summary>
internal static class RequestBody
{
    /// <summary>Returns the whole body.</summary>
    /// <exception cref="ApiException">413: the body is larger than <paramref name="maxBytes"/>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            throw new ApiException(ApiErrors.BodyTooLarge(maxBytes));
        }

        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.Buffer.Length > maxBytes)
            {
                throw new ApiException(ApiErrors.BodyTooLarge(maxBytes));
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
