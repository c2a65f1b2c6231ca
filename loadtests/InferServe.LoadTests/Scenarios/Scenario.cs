using System.Text.Json.Nodes;
using InferServe.LoadTests.Objectives;

namespace InferServe.LoadTests.Scenarios;

/// <summary>What a load test does, checked and with its variables filled in.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>What a good result looks like.</summary>
    public required string Good { get; init; }

    /// <summary>The variables after profile and command line.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required LoadShape Load { get; init; }

    public required Endpoint Endpoint { get; init; }

    /// <summary>Models by weight; empty where the command line or the server names the model.</summary>
    public required IReadOnlyList<WeightedModel> Models { get; init; }

    public required PromptSource Prompts { get; init; }

    public required OutputShape Output { get; init; }

    /// <summary>Fields that every request body gets.</summary>
    public required JsonObject Body { get; init; }

    /// <summary>Clients that go away; null when all stay.</summary>
    public required AbortShape? Aborts { get; init; }

    public required ConnectionShape Connection { get; init; }

    /// <summary>From sending a request to the end of its answer.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Beginnings of error names, such as <c>http 429</c>, that count as refusals and not as errors.</summary>
    public required IReadOnlyList<string> ExpectedErrors { get; init; }

    /// <summary>What a request must keep to count for goodput.</summary>
    public required RequestObjectives RequestObjectives { get; init; }

    /// <summary>What the run must keep for exit code 0.</summary>
    public required IReadOnlyList<Objective> Objectives { get; init; }
}
