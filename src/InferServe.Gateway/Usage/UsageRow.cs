namespace InferServe.Gateway.Usage;

/// <summary>What one key took of one model on one day, in UTC.</summary>
/// <param name="Day">The day, as <c>2026-01-31</c>.</param>
/// <param name="Key">Name of the key.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Requests">Requests that were let in.</param>
/// <param name="PromptTokens">Tokens of prompts.</param>
/// <param name="CachedTokens">Those of them that were not computed again.</param>
/// <param name="GenerationTokens">Tokens generated.</param>
internal sealed record UsageRow(
    string Day, string Key, string Model, long Requests, long PromptTokens, long CachedTokens, long GenerationTokens);

/// <summary>The body of <c>GET /admin/usage</c>.</summary>
internal sealed record UsageReport(IReadOnlyList<UsageRow> Usage);
