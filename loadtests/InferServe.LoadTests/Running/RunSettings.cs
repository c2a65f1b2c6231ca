using InferServe.LoadTests.Http;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Running;

/// <summary>One run of a scenario against a server.</summary>
/// <param name="Scenario">What to do.</param>
/// <param name="Server">Whom to ask.</param>
/// <param name="Models">Models by weight, at least one; they win over the scenario's.</param>
/// <param name="Seed">Makes arrivals, lengths and words.</param>
/// <param name="WithUsage">Whether to ask for usage and hold the server to it.</param>
internal sealed record RunSettings(Scenario Scenario, ServerTarget Server, IReadOnlyList<WeightedModel> Models, int Seed, bool WithUsage);
