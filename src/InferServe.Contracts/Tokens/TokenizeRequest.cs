using System.Text.Json;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Tools;

namespace InferServe.Contracts.Tokens;

/// <summary>The body of <c>POST /tokenize</c>: a text, or a chat that the model's template turns into one. Exactly one of the two is set.</summary>
public sealed record TokenizeRequest
{
    /// <summary>The name of the model.</summary>
    public string? Model { get; init; }

    public string? Prompt { get; init; }

    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>The tools that the chat's template shows.</summary>
    public IReadOnlyList<ToolDefinition>? Tools { get; init; }

    /// <summary>Whether the tokens that frame a text are added; by default to a text, not to a chat, whose template writes them.</summary>
    public bool? AddSpecialTokens { get; init; }

    /// <summary>Whether the text of a chat ends where the assistant begins to speak; true by default.</summary>
    public bool? AddGenerationPrompt { get; init; }

    /// <summary>Whether the last message is left open.</summary>
    public bool? ContinueFinalMessage { get; init; }

    /// <summary>Variables for the chat template.</summary>
    public JsonElement? ChatTemplateKwargs { get; init; }

    /// <summary>Whether the answer shows the tokens' texts too.</summary>
    public bool? ReturnTokenStrs { get; init; }
}
