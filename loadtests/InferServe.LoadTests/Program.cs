using System.CommandLine;
using System.CommandLine.Invocation;
using InferServe.LoadTests.Commands;
using InferServe.LoadTests.Running;
using InferServe.LoadTests.Scenarios;

var root = new RootCommand("Measures any server with OpenAI's API: open and closed loops, latencies, rates, goodput. Exit code 0: objectives met; 1: missed; 2: no result.")
{
    RunCommand.Create(),
    CompareCommand.Create(),
    SpeedUpCommand.Create(),
    ScenarioCommands.Check(),
    ScenarioCommands.List(),
};
try
{
    ParseResult parsed = root.Parse(args);
    int code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Action is ParseErrorAction ? ExitCodes.NoResult : code;
}
catch (Exception problem) when (problem is ScenarioException or ServerException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(problem.Message);
    return ExitCodes.NoResult;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted.");
    return ExitCodes.NoResult;
}
