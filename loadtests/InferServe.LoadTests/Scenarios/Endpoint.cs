namespace InferServe.LoadTests.Scenarios;

/// <summary>Which endpoint requests go to.</summary>
internal enum Endpoint
{
    Chat,
    Completions,
}
