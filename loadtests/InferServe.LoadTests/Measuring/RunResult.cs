namespace InferServe.LoadTests.Measuring;

/// <summary>Everything that a run recorded.</summary>
/// <param name="Records">All requests, warm-up included, in the order of their planned times.</param>
/// <param name="Window">The measured part.</param>
/// <param name="Client">How the load generator itself did.</param>
/// <param name="WasInterrupted">The user ended the run early.</param>
internal sealed record RunResult(IReadOnlyList<RequestRecord> Records, MeasuredWindow Window, ClientHealth Client, bool WasInterrupted);
