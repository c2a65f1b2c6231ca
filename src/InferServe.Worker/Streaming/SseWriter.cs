using System.IO.Pipelines;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Workers;

namespace InferServe.Worker.Streaming;

/// <summary>
/// Writes server-sent events, each flushed at once so that it reaches the client while the next one is still being made.
/// JSON holds no line feeds, so an event is always one <c>data:</c> line.
/// </summary>
/// <param name="body">Where the events go.</param>
internal sealed class SseWriter(PipeWriter body)
{
    /// <summary>Sets the headers of an event stream, including the one that keeps proxies from collecting it.</summary>
    public static void SetHeaders(HttpResponse response)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Writes one event.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        Write(json.Span);
        await body.FlushAsync(cancellationToken);
    }

    /// <summary>Puts a comment, which clients pass over, in front of the next event; it goes out with that.</summary>
    public void AddComment(UsageNote note)
    {
        var comment = note.ToComment();
        comment.CopyTo(body.GetSpan(comment.Length));
        body.Advance(comment.Length);
    }

    /// <summary>Ends a complete answer.</summary>
    public ValueTask WriteDoneAsync(CancellationToken cancellationToken) => WriteAsync("[DONE]"u8.ToArray(), cancellationToken);

    /// <summary>Ends an answer that failed after its first byte: the stream ends after this event, without <c>[DONE]</c>.</summary>
    public ValueTask WriteErrorAsync(ApiError error, CancellationToken cancellationToken) =>
        WriteAsync(error.ToUtf8Json(), cancellationToken);

    private void Write(ReadOnlySpan<byte> json)
    {
        var span = body.GetSpan(json.Length + 8);
        "data: "u8.CopyTo(span);
        json.CopyTo(span[6..]);
        "\n\n"u8.CopyTo(span[(6 + json.Length)..]);
        body.Advance(json.Length + 8);
    }
}
