namespace InferServe.LoadTests.Scenarios;

/// <summary>One message of a conversation.</summary>
internal sealed record ChatMessage(string Role, string Content);
