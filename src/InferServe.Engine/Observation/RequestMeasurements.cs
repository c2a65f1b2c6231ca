using InferServe.Engine.Requests;

namespace InferServe.Engine.Observation;

/// <summary>A request that has ended. Times of phases that it did not reach are null.</summary>
public sealed record RequestMeasurements
{
    public required GenerationRequest Request { get; init; }

    public required FinishReason FinishReason { get; init; }

    /// <summary>Which of the request's parallel samples.</summary>
    public int SampleIndex { get; init; }

    /// <summary>Prompt tokens that came from the prefix cache.</summary>
    public int CachedPromptTokens { get; init; }

    /// <summary>How often the sequence lost its row before its end.</summary>
    public int Preemptions { get; init; }

    /// <summary>What failed, or why the engine gave up.</summary>
    public string? Error { get; init; }

    /// <summary>Tokens of the prompt, run or not.</summary>
    public required int PromptTokens { get; init; }

    /// <summary>Tokens generated.</summary>
    public required int GeneratedTokens { get; init; }

    /// <summary>From queued to the first step.</summary>
    public TimeSpan? QueueTime { get; init; }

    /// <summary>From the first step to the first token.</summary>
    public TimeSpan? PrefillTime { get; init; }

    /// <summary>From the first token to the end.</summary>
    public TimeSpan? DecodeTime { get; init; }

    /// <summary>From queued to the first token.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>From queued to the end.</summary>
    public required TimeSpan Duration { get; init; }
}
