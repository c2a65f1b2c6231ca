using InferServe.Contracts.Generation;

namespace InferServe.Contracts.Completions;

/// <summary>The body of <c>POST /v1/completions</c>, as the client wrote it.</summary>
public sealed record CompletionRequest : GenerationParameters
{
    public CompletionPrompt? Prompt { get; init; }

    /// <summary>Not supported.</summary>
    public long? Logprobs { get; init; }

    /// <summary>Whether the answer repeats the prompt; false is supported.</summary>
    public bool? Echo { get; init; }

    /// <summary>Not supported: the text after the gap that is to be filled.</summary>
    public string? Suffix { get; init; }

    /// <summary>How many answers to choose from; 1 is supported.</summary>
    public long? BestOf { get; init; }
}
