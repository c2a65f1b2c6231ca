namespace InferServe.LoadTests.Measuring;

/// <summary>The completed requests of one model or kind.</summary>
internal sealed record ClassSummary(
    string Name,
    int Completed,
    double MeanPromptTokens,
    double CachedTokenRatio,
    LatencyStats TimeToFirstToken,
    LatencyStats TimePerOutputToken,
    LatencyStats EndToEnd);
