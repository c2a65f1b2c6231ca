namespace InferServe.LoadTests.Objectives;

/// <summary>What one request must keep, in milliseconds, to count for goodput; infinity asks nothing.</summary>
/// <param name="TimeToFirstToken">From the planned sending time.</param>
/// <param name="TimePerOutputToken">(end − first token) / (tokens − 1).</param>
/// <param name="EndToEnd">From the planned sending time.</param>
internal sealed record RequestObjectives(double TimeToFirstToken, double TimePerOutputToken, double EndToEnd)
{
    public static RequestObjectives None { get; } = new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
}
