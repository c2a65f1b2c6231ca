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
            await foreach (var piece in run.ReadAsync(cancellationToken))
            {
                if (!context.Response.HasStarted)
                {
                    SseWriter.SetHeaders(context.Response);
                    await context.Response.StartAsync(cancellationToken);
                }

                AddNote(events, run, withNotes);
                foreach (var chunk in format.Chunks(piece))
                {
                    await events.WriteAsync(chunk, cancellationToken);
                }
            }

            AddNote(events, run, withNotes);
            foreach (var chunk in format.Last(run.Usage))
            {
                await events.WriteAsync(chunk, cancellationToken);
            }

            await events.WriteDoneAsync(cancellationToken);
        }
        catch (ApiException exception) when (context.Response.HasStarted)
        {
            AddNote(events, run, withNotes);
            await events.WriteErrorAsync(exception.Error, cancellationToken);
        }
        catch (Exception exception) when (context.Response.HasStarted && !cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, context.TraceIdentifier);
            AddNote(events, run, withNotes);
            await events.WriteErrorAsync(ApiErrors.Internal(context.TraceIdentifier), cancellationToken);
        }
    }

    private static void AddNote(SseWriter events, AnswerRun run, bool wanted)
    {
        if (wanted)
        {
            events.AddComment(UsageNotes.Of(run.Usage));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed within its stream")]
    private partial void LogFailed(Exception exception, string requestId);
}
