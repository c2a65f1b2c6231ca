using InferServe.LoadTests.Measuring;

namespace InferServe.LoadTests.NBomber;

/// <summary>A request under way: its first text, and its end.</summary>
internal sealed record SentRequest(Task FirstText, Task<RequestRecord> End);
