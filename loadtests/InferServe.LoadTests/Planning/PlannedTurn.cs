namespace InferServe.LoadTests.Planning;

/// <summary>One request of a session, decided before the run.</summary>
/// <param name="PromptTokens">Length of the new message.</param>
/// <param name="OutputTokens">Value of <c>max_tokens</c>.</param>
/// <param name="Think">Seconds between the answer before it and sending.</param>
/// <param name="AbortAfterTokens">The client goes away after so many chunks with text; null when it does not.</param>
/// <param name="AbortAfterSeconds">The client goes away so long after sending; null when it does not.</param>
/// <param name="Class">Which kind of request it is, where reports tell kinds apart.</param>
internal sealed record PlannedTurn(
    int PromptTokens, int OutputTokens, double Think, int? AbortAfterTokens, double? AbortAfterSeconds, string? Class);
