using InferServe.Contracts.Generation;

namespace InferServe.Contracts.Completions;

/// <summary>The body of <c>POST /v1/completions</c>, as the client wrote it.</summary>
public sealed record CompletionRequest : GenerationParameters
{
    public CompletionPrompt? Prompt { get; init; }

    /// <summary>How many of the likeliest tokens come with each token's own log-probability.</summary>
    public long? Logprobs { get; init; }

    /// <summary>Whether the answer begins with the prompt.</summary>
    public bool? Echo { get; init; }

    /// <summary>Not supported: the text after the gap that is to be filled.</summary>
    public string? Suffix { get; init; }

    /// <summary>How many answers to choose from; as many as <see cref="GenerationParameters.N"/> is supported.</summary>
    public long? BestOf { get; init; }
}
