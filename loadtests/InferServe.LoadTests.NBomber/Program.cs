using System.CommandLine;
using System.CommandLine.Invocation;
using InferServe.LoadTests.Commands;
using InferServe.LoadTests.NBomber;
using InferServe.LoadTests.Running;
using InferServe.LoadTests.Scenarios;
using NBomber.Contracts.Stats;

var scenario = new ScenarioOptions();
var server = new ServerOptions();
var options = new RunOptions();
var root = new RootCommand("Runs a scenario through NBomber, with its reports. Exit code 0: objectives met; 1: missed; 2: no result.") { scenario.Argument };
foreach (Option option in (IEnumerable<Option>)[.. server.All, .. scenario.All, .. options.All])
{
    root.Add(option);
}

root.SetAction(async (parsed, stop) =>
{
    var settings = new RunSettings(
        scenario.Read(parsed), server.Server(parsed), server.Models(parsed), options.Seed(parsed), options.WithUsage(parsed));
    using ServerSession session = await ServerSession.PrepareAsync(settings, stop);
    NodeStats stats = NBomberRun.Run(session, options.Output(parsed));
    return Thresholds.Report(Console.Out, session.Settings.Scenario, stats) ? ExitCodes.Ok : ExitCodes.ObjectivesMissed;
});
try
{
    ParseResult parsed = root.Parse(args);
    int code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Action is ParseErrorAction ? ExitCodes.NoResult : code;
}
catch (Exception problem) when (problem is ScenarioException or ServerException)
{
    Console.Error.WriteLine(problem.Message);
    return ExitCodes.NoResult;
}
