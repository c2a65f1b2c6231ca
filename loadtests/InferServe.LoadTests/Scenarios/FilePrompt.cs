namespace InferServe.LoadTests.Scenarios;

/// <summary>One line of a prompt file.</summary>
/// <param name="Messages">The conversation to send.</param>
/// <param name="OutputTokens">Its own <c>max_tokens</c>, or null for the scenario's.</param>
internal sealed record FilePrompt(IReadOnlyList<ChatMessage> Messages, int? OutputTokens);
