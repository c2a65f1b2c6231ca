using InferServe.LoadTests.Http;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Running;

/// <summary>Runs the turns of sessions one after another.</summary>
internal sealed class SessionRunner(
    Scenario scenario, PromptComposer composer, StreamingClient client, ServerTarget server, RunClock clock, RunProgress progress, bool withUsage)
{
    /// <summary>Makes the first request of a session, ready to be sent.</summary>
    public PreparedSession Prepare(PlannedSession session)
    {
        IReadOnlyList<ChatMessage> messages = composer.Compose(session, 0, []);
        return new PreparedSession(session, messages, Request(session, 0, messages, session.Start));
    }

    /// <summary>Sends the first request on the caller's thread, then the others as answers come. Ends early when a request is not answered whole.</summary>
    public async Task RunAsync(PreparedSession prepared, CancellationToken stop)
    {
        PlannedSession session = prepared.Session;
        IReadOnlyList<ChatMessage> messages = prepared.Messages;
        RequestRecord record = await SendAsync(prepared.First, stop).ConfigureAwait(false);
        for (int turn = 1; turn < session.Turns.Count && record.Outcome == RequestOutcome.Completed && !stop.IsCancellationRequested; turn++)
        {
            double due = record.End + session.Turns[turn].Think;
            messages = composer.Compose(session, turn, [.. messages, new ChatMessage("assistant", record.Text)]);
            OutgoingRequest request = Request(session, turn, messages, due);
            if (due > clock.Now && !await DelayAsync(due - clock.Now, stop).ConfigureAwait(false))
            {
                return;
            }

            record = await SendAsync(request, stop).ConfigureAwait(false);
        }
    }

    /// <returns>False when <paramref name="stop"/> came first.</returns>
    public static async Task<bool> DelayAsync(double seconds, CancellationToken stop)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), stop).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<RequestRecord> SendAsync(OutgoingRequest request, CancellationToken stop)
    {
        progress.Sent();
        RequestRecord record = await client.SendAsync(request, clock, stop).ConfigureAwait(false);
        progress.Ended(record);
        return record;
    }

    private OutgoingRequest Request(PlannedSession session, int turn, IReadOnlyList<ChatMessage> messages, double planned)
    {
        PlannedTurn plan = session.Turns[turn];
        return new OutgoingRequest
        {
            Session = session.Index,
            Model = session.Model,
            Class = plan.Class,
            Planned = planned,
            Body = RequestBody.Write(scenario, session.Model, messages, plan.OutputTokens, withUsage),
            MaxTokens = plan.OutputTokens,
            ApiKey = server.KeyFor(session.Index),
            AbortAfterTokens = plan.AbortAfterTokens,
            AbortAfterSeconds = plan.AbortAfterSeconds,
        };
    }
}
