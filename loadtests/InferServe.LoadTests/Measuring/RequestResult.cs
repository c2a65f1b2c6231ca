namespace InferServe.LoadTests.Measuring;

/// <summary>What one streamed request showed. Times are seconds from sending the request.</summary>
/// <param name="TimeToFirstToken">Arrival of the first chunk with text.</param>
/// <param name="Duration">Arrival of the last byte.</param>
/// <param name="InterTokenLatencies">Gaps between chunks with text.</param>
/// <param name="PromptTokens">As the server's usage says.</param>
/// <param name="CompletionTokens">As the server's usage says.</param>
/// <param name="Text">The whole answer.</param>
internal sealed record RequestResult(
    double TimeToFirstToken,
    double Duration,
    IReadOnlyList<double> InterTokenLatencies,
    int PromptTokens,
    int CompletionTokens,
    string Text);
