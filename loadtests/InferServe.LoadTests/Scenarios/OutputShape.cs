using InferServe.LoadTests.Workload;

namespace InferServe.LoadTests.Scenarios;

/// <summary>How long answers are.</summary>
/// <param name="Tokens">Becomes <c>max_tokens</c>.</param>
/// <param name="MinTokens">Becomes <c>min_tokens</c>; 0 sends none.</param>
/// <param name="IgnoreEos">Sends <c>ignore_eos</c>, so that every answer has all its tokens.</param>
internal sealed record OutputShape(Distribution Tokens, int MinTokens, bool IgnoreEos);
