using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Scenarios;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

using NBomberScenario = NBomber.CSharp.Scenario;

namespace InferServe.LoadTests.NBomber;

/// <summary>
/// Runs a scenario through NBomber. Each session is one iteration; each of its requests has two steps, <see cref="FirstTextStep"/> and
/// <see cref="RestStep"/>, so that NBomber's reports have the time to first token.
/// </summary>
internal static class NBomberRun
{
    public const string FirstTextStep = "first token";
    public const string RestStep = "rest of the answer";

    /// <param name="session">Asks the server.</param>
    /// <param name="folder">Where NBomber writes its reports; null leaves the choice to NBomber.</param>
    public static NodeStats Run(ServerSession session, DirectoryInfo? folder)
    {
        Scenarios.Scenario scenario = session.Settings.Scenario;
        ScenarioProps props = NBomberScenario
            .Create(scenario.Name, context => IterateAsync(session, context))
            .WithRestartIterationOnFail(false)
            .WithLoadSimulations(LoadSimulations.Of(scenario.Load));
        props = scenario.Load.WarmUp > 0 ? props.WithWarmUpDuration(TimeSpan.FromSeconds(scenario.Load.WarmUp)) : props.WithoutWarmUp();
        NBomberContext context = NBomberRunner.RegisterScenarios(props).WithTestSuite("InferServe").WithTestName(scenario.Name);
        if (folder is not null)
        {
            context = context.WithReportFolder(folder.FullName).WithReportFileName(scenario.Name);
        }

        return context.Run();
    }

    private static async Task<IResponse> IterateAsync(ServerSession session, IScenarioContext context)
    {
        PlannedSession planned = session.Next();
        var messages = new List<ChatMessage>();
        long bytes = 0;
        for (int turn = 0; turn < planned.Turns.Count; turn++)
        {
            await Task.Delay(TimeSpan.FromSeconds(planned.Turns[turn].Think));
            SentRequest sent = null!;
            await Step.Run(FirstTextStep, context, async () =>
            {
                sent = session.Send(planned, turn, messages, CancellationToken.None);
                await Task.WhenAny(sent.FirstText, sent.End);
                return sent.FirstText.IsCompleted ? Response.Ok() : Response.Fail();
            });

            // Status codes are those of whole iterations only, so that each is counted once.
            await Step.Run(RestStep, context, async () => (await sent.End).Outcome == RequestOutcome.Failed ? Response.Fail() : Response.Ok());
            RequestRecord record = await sent.End;
            bytes += record.Text.Length;
            if (record.Outcome != RequestOutcome.Completed)
            {
                // A client that goes away as planned is no failure.
                return record.Outcome == RequestOutcome.Aborted
                    ? Response.Ok(statusCode: "aborted", sizeBytes: bytes)
                    : Response.Fail(statusCode: record.Error!);
            }

            messages.Add(new ChatMessage("assistant", record.Text));
        }

        return Response.Ok(statusCode: "whole", sizeBytes: bytes);
    }
}
