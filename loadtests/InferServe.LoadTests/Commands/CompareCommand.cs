using System.CommandLine;
using InferServe.LoadTests.Reporting;
using InferServe.LoadTests.Running;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Commands;

/// <summary><c>compare</c>: one scenario against two servers by turns, A B A B, each pair with one seed.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var scenario = new ScenarioOptions();
        var a = new ServerOptions("a-", "server A");
        var b = new ServerOptions("b-", "server B");
        var options = new RunOptions();
        var rounds = new Option<int>("--rounds")
        {
            Description = "Pairs of runs; the first pair has the seed, each further one the next.",
            HelpName = "NUMBER",
            DefaultValueFactory = _ => 3,
        };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
            {
                result.AddError("--rounds must be from 1 to 1000.");
            }
        });
        var command = new Command("compare", "Runs a scenario against two servers by turns with the same seeds and reports ratios with their spread.") { scenario.Argument };
        foreach (Option option in (IEnumerable<Option>)[.. a.All, .. b.All, rounds, .. scenario.All, .. options.All])
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, stop) =>
        {
            Scenario read = scenario.Read(parsed);
            TextWriter? terminal = options.Progress(parsed);
            using Measurement first = await Measurement.PrepareAsync(Settings(a), terminal, stop);
            using Measurement second = await Measurement.PrepareAsync(Settings(b), terminal, stop);
            var pairs = new List<(RunReport, RunReport)>();
            for (int round = 0; round < parsed.GetValue(rounds); round++)
            {
                pairs.Add((await MeasureAsync(first, "A", round), await MeasureAsync(second, "B", round)));
            }

            var report = new ComparisonReport(Name(first), Name(second), pairs);
            Console.Out.Write(report.Markdown());
            ReportFiles.Write(options.Output(parsed), $"compare-{read.Name}", report.Json(), report.Markdown(), report.Html());
            return ExitCodes.Ok;

            RunSettings Settings(ServerOptions server) =>
                new(read, server.Server(parsed), server.Models(parsed), options.Seed(parsed), options.WithUsage(parsed));

            async Task<RunReport> MeasureAsync(Measurement server, string name, int round)
            {
                int seed = options.Seed(parsed) + round;
                var run = await server.RunAsync(seed, $"{name} {round + 1}", stop);
                stop.ThrowIfCancellationRequested();
                return RunReport.Create(server.Settings with { Seed = seed }, run, TimeProvider.System.GetUtcNow());
            }
        });
        return command;
    }

    private static string Name(Measurement server) => server.Settings.Server.Url.ToString();
}
