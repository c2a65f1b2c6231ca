using InferServe.LoadTests.Workload;

namespace InferServe.LoadTests.Scenarios;

/// <summary>Clients that close the connection before the answer is whole. One of the two distributions is set.</summary>
/// <param name="Probability">0 to 1, for each request.</param>
/// <param name="AfterTokens">After so many chunks with text.</param>
/// <param name="AfterSeconds">So long after sending.</param>
internal sealed record AbortShape(double Probability, Distribution? AfterTokens, Distribution? AfterSeconds);
