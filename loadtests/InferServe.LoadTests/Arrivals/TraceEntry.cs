namespace InferServe.LoadTests.Arrivals;

/// <summary>One request of a trace.</summary>
/// <param name="Timestamp">Seconds; only differences matter.</param>
/// <param name="PromptTokens">Length of the prompt, at least 1.</param>
/// <param name="OutputTokens">Length of the answer, at least 1.</param>
internal sealed record TraceEntry(double Timestamp, int PromptTokens, int OutputTokens);
