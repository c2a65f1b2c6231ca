using System.Text.Json.Nodes;
using InferServe.LoadTests.Objectives;
using InferServe.LoadTests.Scenarios;
using InferServe.LoadTests.Workload;

namespace InferServe.LoadTests.Running;

/// <summary>The work of a speed-up measurement.</summary>
/// <param name="PromptTokens">Length of prompts.</param>
/// <param name="OutputTokens">Length of answers; they ignore the end token.</param>
/// <param name="SamePrompts">Whether all runs ask the same prompts.</param>
internal sealed record SpeedUpShape(int PromptTokens, int OutputTokens, bool SamePrompts)
{
    private const int TimeoutSeconds = 3600;

    /// <summary>So many requests, so many at a time.</summary>
    public Scenario Scenario(int requests, int concurrency) => new()
    {
        Name = "speed-up",
        Description = "N requests at once over N one after another.",
        Good = "The ratio grows with N until the machine is full.",
        Variables = new Dictionary<string, string>(),
        Load = new ClosedLoad
        {
            Concurrency = concurrency,
            Requests = requests,
            Think = Distribution.Constant(0),
            WarmUp = 0,
            Duration = double.PositiveInfinity,
        },
        Endpoint = Endpoint.Chat,
        Models = [],
        Prompts = new SyntheticPrompts(Distribution.Constant(PromptTokens)),
        Output = new OutputShape(Distribution.Constant(OutputTokens), OutputTokens, IgnoreEos: true),
        Body = new JsonObject { ["temperature"] = 0 },
        Aborts = null,
        Connection = ConnectionShape.Default,
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        ExpectedErrors = [],
        RequestObjectives = RequestObjectives.None,
        Objectives = [],
    };
}
