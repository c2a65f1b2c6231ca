using System.CommandLine;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Reporting;
using InferServe.LoadTests.Running;

namespace InferServe.LoadTests.Commands;

/// <summary><c>run</c>: one scenario against one server.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var scenario = new ScenarioOptions();
        var server = new ServerOptions();
        var options = new RunOptions();
        var command = new Command("run", "Runs a scenario against a server and reports latencies, rates, goodput and errors.") { scenario.Argument };
        foreach (Option option in (IEnumerable<Option>)[.. server.All, .. scenario.All, .. options.All])
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, stop) =>
        {
            var settings = new RunSettings(
                scenario.Read(parsed), server.Server(parsed), server.Models(parsed), options.Seed(parsed), options.WithUsage(parsed));
            using Measurement measurement = await Measurement.PrepareAsync(settings, options.Progress(parsed), stop);
            RunResult run = await measurement.RunAsync(settings.Seed, settings.Scenario.Name, stop);
            RunReport report = RunReport.Create(measurement.Settings, run, TimeProvider.System.GetUtcNow());
            Console.Out.Write(MarkdownReport.Of(report));
            ReportFiles.Write(options.Output(parsed), settings.Scenario.Name, ReportJson.Of(report), MarkdownReport.Of(report), HtmlReport.Of(report));
            return run.WasInterrupted ? ExitCodes.NoResult : report.MeetsObjectives ? ExitCodes.Ok : ExitCodes.ObjectivesMissed;
        });
        return command;
    }
}
