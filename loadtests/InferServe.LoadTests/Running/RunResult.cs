using InferServe.LoadTests.Measuring;

namespace InferServe.LoadTests.Running;

/// <summary>The requests of one run, in the order of their prompts, and the seconds from the first sent to the last ended.</summary>
internal sealed record RunResult(IReadOnlyList<RequestResult> Requests, double Duration)
{
    /// <summary>Output tokens per second over the whole run.</summary>
    public double TokensPerSecond => Requests.Sum(request => request.CompletionTokens) / Duration;
}
