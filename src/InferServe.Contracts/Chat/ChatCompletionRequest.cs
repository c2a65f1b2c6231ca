using System.Text.Json;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Tools;

namespace InferServe.Contracts.Chat;

/// <summary>The body of <c>POST /v1/chat/completions</c>, as the client wrote it.</summary>
public sealed record ChatCompletionRequest : GenerationParameters
{
    /// <summary>The chat so far.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>The current name of <see cref="GenerationParameters.MaxTokens"/>; wins over it.</summary>
    public long? MaxCompletionTokens { get; init; }

    /// <summary>The tools that the model may call.</summary>
    public IReadOnlyList<ToolDefinition>? Tools { get; init; }

    public ToolChoice? ToolChoice { get; init; }

    /// <summary>When false, the answer ends with its first tool call.</summary>
    public bool? ParallelToolCalls { get; init; }

    public ResponseFormat? ResponseFormat { get; init; }

    /// <summary>Whether the answer shows the log-probability of each token.</summary>
    public bool? Logprobs { get; init; }

    /// <summary>How many of the likeliest tokens to show in the place of each; only with <see cref="Logprobs"/>.</summary>
    public long? TopLogprobs { get; init; }

    /// <summary>Variables for the chat template, beside those that the server sets.</summary>
    public JsonElement? ChatTemplateKwargs { get; init; }

    /// <summary>Whether the prompt ends where the assistant begins to speak; true by default.</summary>
    public bool? AddGenerationPrompt { get; init; }

    /// <summary>Whether the answer continues the last message, which is the assistant's.</summary>
    public bool? ContinueFinalMessage { get; init; }

    /// <summary>Accepted and without effect: the caller's own notes.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Whether the provider keeps the answer; nothing is kept.</summary>
    public bool? Store { get; init; }

    /// <summary>Without effect.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>How much the model should reason, for templates that ask for it.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>Kinds of output; only <c>["text"]</c> is supported.</summary>
    public IReadOnlyList<string>? Modalities { get; init; }

    /// <summary>Not supported.</summary>
    public JsonElement? Audio { get; init; }

    /// <summary>Not supported.</summary>
    public JsonElement? WebSearchOptions { get; init; }

    /// <summary>Not supported: the predecessor of <see cref="Tools"/>.</summary>
    public JsonElement? Functions { get; init; }

    /// <summary>Not supported: the predecessor of <see cref="ToolChoice"/>.</summary>
    public JsonElement? FunctionCall { get; init; }
}
