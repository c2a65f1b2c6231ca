using System.Text.Json;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Tools;

namespace InferServe.Worker.Prompting;

/// <summary>What becomes a chat's prompt, checked.</summary>
internal sealed record ChatPromptInput
{
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The tools that the template sees; empty for none.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>The caller's variables for the template, an object.</summary>
    public JsonElement? Variables { get; init; }

    /// <summary>How much the model should reason, a variable that some templates know.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>Whether the prompt ends where the assistant begins to speak.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>Whether the prompt ends with the text of the last message, which the answer continues.</summary>
    public bool ContinueFinalMessage { get; init; }
}
