using System.CommandLine;
using System.CommandLine.Parsing;
using InferServe.LoadTests.Reporting;
using InferServe.LoadTests.Running;

namespace InferServe.LoadTests.Commands;

/// <summary>
/// <c>speedup</c>: N requests at once over the same number one after another. Each run has words of its own, so that no prefix cache knows
/// them, and all answers have the same length.
/// </summary>
internal static class SpeedUpCommand
{
    public static Command Create()
    {
        var server = new ServerOptions();
        var options = new RunOptions();
        var concurrency = new Option<int[]>("--concurrency")
        {
            Description = "How many requests run at once; several numbers are separated by commas.",
            HelpName = "N,N,…",
            DefaultValueFactory = _ => [1, 2, 4, 8, 16],
            CustomParser = Numbers,
        };
        var rounds = Number("--rounds", "Pairs of runs for each number.", 5, 1, 1000);
        var prompt = Number("--prompt-tokens", "Length of prompts.", 128, 1, 1_000_000);
        var output = Number("--output-tokens", "Length of answers.", 64, 1, 1_000_000);
        var same = new Option<bool>("--same-prompts")
        {
            Description = "Both ways ask the same prompts, which the server has seen before; answers that differ are counted.",
        };
        var command = new Command("speedup", "Compares N requests one after another with N at once, by turns.");
        foreach (Option option in (IEnumerable<Option>)[.. server.All, concurrency, rounds, prompt, output, same, .. options.All])
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, stop) =>
        {
            var shape = new SpeedUpShape(parsed.GetValue(prompt), parsed.GetValue(output), parsed.GetValue(same));
            var settings = new RunSettings(
                shape.Scenario(1, 1), server.Server(parsed), server.Models(parsed), options.Seed(parsed), options.WithUsage(parsed));
            using Measurement measurement = await Measurement.PrepareAsync(settings, options.Progress(parsed), stop);
            var run = new SpeedUpRun(measurement, shape);
            var steps = new List<SpeedUpStep>();
            foreach (int number in parsed.GetRequiredValue(concurrency))
            {
                steps.Add(await run.MeasureAsync(number, parsed.GetValue(rounds), stop));
            }

            var report = new SpeedUpReport(measurement.Settings, shape, steps, TimeProvider.System.GetUtcNow());
            Console.Out.Write(report.Markdown());
            ReportFiles.Write(options.Output(parsed), "speedup", report.Json(), report.Markdown(), report.Html());
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int standard, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "NUMBER", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            {
                result.AddError($"{name} must be from {least} to {most}; it is {value}.");
            }
        });
        return option;
    }

    private static int[] Numbers(ArgumentResult result)
    {
        var numbers = new List<int>();
        foreach (string part in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (int.TryParse(part, out int number) && number is >= 1 and <= 1024)
            {
                numbers.Add(number);
            }
            else
            {
                result.AddError($"--concurrency must be numbers from 1 to 1024, separated by commas; '{part}' is none.");
            }
        }

        return [.. numbers];
    }
}
