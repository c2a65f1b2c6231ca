namespace InferServe.LoadTests.Scenarios;

/// <summary>A scenario, a file it names or an option cannot be used; the message says what and where.</summary>
internal sealed class ScenarioException(string message) : Exception(message);
