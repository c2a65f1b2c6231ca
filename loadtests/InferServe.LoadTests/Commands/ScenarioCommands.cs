using System.CommandLine;
using InferServe.LoadTests.Reporting;
using InferServe.LoadTests.Scenarios;
using InferServe.LoadTests.Scenarios.Reading;

namespace InferServe.LoadTests.Commands;

/// <summary><c>list</c> and <c>check</c>: scenarios without a server.</summary>
internal static class ScenarioCommands
{
    public static Command List()
    {
        var command = new Command("list", "Lists the scenarios that come with the program.");
        command.SetAction(_ =>
        {
            foreach (string path in ScenarioFiles.All)
            {
                Scenario scenario = ScenarioReader.ReadFile(path, ScenarioChoices.None);
                Console.Out.WriteLine($"{scenario.Name}: {scenario.Description}");
                Console.Out.WriteLine($"    {LoadText.Of(scenario.Load)}");
                Console.Out.WriteLine($"    variables: {string.Join(", ", scenario.Variables.Select(variable => $"{variable.Key}={variable.Value}"))}");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    public static Command Check()
    {
        var scenario = new ScenarioOptions();
        var command = new Command("check", "Reads a scenario and reports its mistakes with their places, without asking a server.") { scenario.Argument };
        foreach (Option option in scenario.All)
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            Scenario read = scenario.Read(parsed);
            Console.Out.WriteLine($"{read.Name}: {LoadText.Of(read.Load)}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
