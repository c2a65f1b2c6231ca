using InferServe.Contracts.Errors;
using InferServe.Worker.Requests;
using InferServe.Worker.Streaming;

namespace InferServe.Worker.Generation;

/// <summary>Writes answers: whole, or as server-sent events.</summary>
internal sealed partial class AnswerWriter(ILogger<AnswerWriter> logger)
{
    /// <summary>Writes the answers in one piece, once they are complete.</summary>
    public static async Task WriteWholeAsync(HttpContext context, AnswerRun run, IAnswerFormat format, CancellationToken cancellationToken)
    {
        var body = format.Whole(await AnswerFold.FoldAsync(run, cancellationToken));
        UsageNotes.Announce(context, run.Usage);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, cancellationToken);
    }

    /// <summary>
    /// Writes piece by piece. The status goes out with the first piece, so that what fails before it still gets a status of its own;
    /// what fails later ends the stream with an error event.
    /// </summary>
    public async Task WriteStreamAsync(HttpContext context, AnswerRun run, IAnswerFormat format, CancellationToken cancellationToken)
    {
        var events = new SseWriter(context.Response.BodyWriter);
        var withNotes = UsageNotes.AreWanted(context.Request);
        try
        {
            await using var pieces = run.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(pieces, events, SendAsync))
            {
                if (!context.Response.HasStarted)
                {
                    SseWriter.SetHeaders(context.Response);
                    await context.Response.StartAsync(cancellationToken);
                }

                foreach (var chunk in format.Chunks(pieces.Current))
                {
                    events.Write(chunk);
                }
            }

            Note();
            foreach (var chunk in format.Last(run.Usage))
            {
                events.Write(chunk);
            }

            events.WriteDone();
            await events.FlushAsync(cancellationToken);
        }
        catch (ApiException exception) when (context.Response.HasStarted)
        {
            await FailAsync(exception.Error);
        }
        catch (Exception exception) when (context.Response.HasStarted && !cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, context.TraceIdentifier);
            await FailAsync(ApiErrors.Internal(context.TraceIdentifier));
        }

        void Note()
        {
            if (withNotes)
            {
                events.WriteComment(UsageNotes.Of(run.Usage));
            }
        }

        ValueTask SendAsync()
        {
            Note();
            return events.FlushAsync(cancellationToken);
        }

        ValueTask FailAsync(ApiError error)
        {
            Note();
            events.WriteError(error);
            return events.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Goes on to the next piece. What was written is sent first, unless the piece is there already.</summary>
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<ChoicePiece> pieces, SseWriter events, Func<ValueTask> send)
    {
        var next = pieces.MoveNextAsync();
        if (!events.IsFull && (next.IsCompleted || !events.HasWaiting))
        {
            return await next;
        }

        var pending = next.AsTask();
        try
        {
            await send();
        }
        catch
        {
            // An enumerator must not be left in the middle of a move.
            await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await pending;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed within its stream")]
    private partial void LogFailed(Exception exception, string requestId);
}
