using System.IO.Pipelines;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Workers;

namespace InferServe.Worker.Streaming;

/// <summary>
/// Writes server-sent events. They go out with the next flush, which belongs where the next event is still being made; a writer that has
/// fallen behind sends what it can in one go. JSON holds no line feeds, so an event is always one <c>data:</c> line.
/// </summary>
/// <param name="body">Where the events go.</param>
internal sealed class SseWriter(PipeWriter body)
{
    /// <summary>Bytes that may wait for a flush.</summary>
    private const int MaxWaiting = 16 * 1024;

    private int _waiting;

    /// <summary>Whether there is anything to flush.</summary>
    public bool HasWaiting => _waiting > 0;

    /// <summary>Whether so much waits that it should be flushed in any case.</summary>
    public bool IsFull => _waiting >= MaxWaiting;

    /// <summary>Sets the headers of an event stream, including the one that keeps proxies from collecting it.</summary>
    public static void SetHeaders(HttpResponse response)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Writes one event.</summary>
    public void Write(ReadOnlySpan<byte> json)
    {
        var span = body.GetSpan(json.Length + 8);
        "data: "u8.CopyTo(span);
        json.CopyTo(span[6..]);
        "\n\n"u8.CopyTo(span[(6 + json.Length)..]);
        Advance(json.Length + 8);
    }

    /// <summary>Writes a comment, which clients pass over.</summary>
    public void WriteComment(UsageNote note)
    {
        var comment = note.ToComment();
        comment.CopyTo(body.GetSpan(comment.Length));
        Advance(comment.Length);
    }

    /// <summary>Ends a complete answer.</summary>
    public void WriteDone() => Write("[DONE]"u8);

    /// <summary>Ends an answer that failed after its first byte: the stream ends after this event, without <c>[DONE]</c>.</summary>
    public void WriteError(ApiError error) => Write(error.ToUtf8Json());

    /// <summary>Sends what was written, and waits while the client does not read.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        _waiting = 0;
        await body.FlushAsync(cancellationToken);
    }

    private void Advance(int bytes)
    {
        body.Advance(bytes);
        _waiting += bytes;
    }
}
