using InferServe.Contracts.Errors;
using InferServe.Worker.Streaming;

namespace InferServe.Worker.Generation;

/// <summary>Writes an answer: whole, or as server-sent events.</summary>
internal sealed partial class AnswerWriter(ILogger<AnswerWriter> logger)
{
    /// <summary>Writes the answer in one piece, once it is complete.</summary>
    public static async Task WriteWholeAsync(HttpContext context, IAsyncEnumerable<AnswerPiece> pieces, IAnswerFormat format)
    {
        var body = format.Whole(await AnswerFold.FoldAsync(pieces));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>
    /// Writes piece by piece. The status goes out with the first piece, so that what fails before it still gets a status of its own;
    /// what fails later ends the stream with an error event.
    /// </summary>
    public async Task WriteStreamAsync(HttpContext context, IAsyncEnumerable<AnswerPiece> pieces, IAnswerFormat format)
    {
        var cancellationToken = context.RequestAborted;
        var events = new SseWriter(context.Response.BodyWriter);
        try
        {
            await foreach (var piece in pieces)
            {
                if (!context.Response.HasStarted)
                {
                    SseWriter.SetHeaders(context.Response);
                    await context.Response.StartAsync(cancellationToken);
                }

                foreach (var chunk in format.Chunks(piece))
                {
                    await events.WriteAsync(chunk, cancellationToken);
                }
            }

            await events.WriteDoneAsync(cancellationToken);
        }
        catch (ApiException exception) when (context.Response.HasStarted)
        {
            await events.WriteErrorAsync(exception.Error, cancellationToken);
        }
        catch (Exception exception) when (context.Response.HasStarted && !cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, context.TraceIdentifier);
            await events.WriteErrorAsync(ApiErrors.Internal(context.TraceIdentifier), cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed within its stream")]
    private partial void LogFailed(Exception exception, string requestId);
}
