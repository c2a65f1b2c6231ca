namespace InferServe.LoadTests.Scenarios;

/// <summary>A model and its share of the requests.</summary>
internal sealed record WeightedModel(string Name, double Weight);
