namespace InferServe.LoadTests.Scenarios.Reading;

/// <summary>What the command line says about a scenario's variables.</summary>
/// <param name="Profile">The profile whose variables are taken, or null for none.</param>
/// <param name="Variables">Values that win over file and profile.</param>
internal sealed record ScenarioChoices(string? Profile, IReadOnlyDictionary<string, string> Variables)
{
    public static ScenarioChoices None { get; } = new(null, new Dictionary<string, string>());
}
