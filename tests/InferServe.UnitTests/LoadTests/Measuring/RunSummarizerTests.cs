using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Objectives;
using InferServe.UnitTests.LoadTests.Support;

namespace InferServe.UnitTests.LoadTests.Measuring;

public sealed class RunSummarizerTests
{
    [Fact]
    public void Summarize_LateSending_LatencyCountsFromThePlan()
    {
        RunSummary summary = Summarize(Records.Completed(planned: 1, sent: 1.5, end: 4, tokens: 4, 2, 3, 3.5, 4));

        Assert.Equal(1000, summary.TimeToFirstToken.P50, 6);
        Assert.Equal(500, summary.TimeToFirstTokenFromSend.P50, 6);
        Assert.Equal(3000, summary.EndToEnd.P50, 6);
        Assert.Equal(2500, summary.EndToEndFromSend.P50, 6);
        Assert.Equal(500, summary.Lag.P50, 6);
        Assert.Equal(2000.0 / 3, summary.TimePerOutputToken.P50, 6);
        Assert.Equal((3, 500, 1000), (summary.InterTokenLatency.Count, Math.Round(summary.InterTokenLatency.P50), Math.Round(summary.InterTokenLatency.Max)));
    }

    [Fact]
    public void Summarize_WarmUp_CountsForRatesOnlyWithWhatComesInTheWindow()
    {
        RunSummary summary = Summarize(
            new MeasuredWindow(10, 20),
            Records.Completed(planned: 9, sent: 9, end: 12, tokens: 4, 9.5, 9.9, 10.1, 11),
            Records.Completed(planned: 12, sent: 12, end: 25, tokens: 6, 13, 24));

        Assert.Equal((1, 1), (summary.Requests, summary.Completed));
        Assert.Equal(1000, summary.TimeToFirstToken.Max, 6);
        Assert.Equal(0.1, summary.RequestsPerSecond, 9);
        Assert.Equal((2 + 3) / 10.0, summary.OutputTokensPerSecond, 9);
        Assert.Equal((2 + 3 + 100) / 10.0, summary.TotalTokensPerSecond, 9);
    }

    [Fact]
    public void Summarize_Outcomes_EachCountedAsWhatItIs()
    {
        RunSummary summary = Summarize(
            Records.Completed(1, 1, 2, 1, 2),
            Records.Failed(1, "http 429 queue_full", retryAfter: true),
            Records.Failed(1, "http 503", retryAfter: false),
            Records.Failed(1, "timeout", retryAfter: false),
            Records.Completed(1, 1, 2, 3, 1.5) with { Outcome = RequestOutcome.Aborted });

        Assert.Equal((5, 1, 1, 2, 1), (summary.Requests, summary.Completed, summary.Aborted, summary.Refused, summary.Errors));
        Assert.Equal(1, summary.RefusalsWithoutRetryAfter);
        Assert.Equal(3, summary.ErrorsByKind.Count);
        Assert.Equal(0.2, summary.Metrics()[MetricNames.ErrorRatio], 9);
        Assert.Equal(0.25, summary.GoodputRatio, 9);
        Assert.Equal(1, summary.TimeToFirstToken.Count);
    }

    [Theory]
    [InlineData(1000, 500, 3000, true)]
    [InlineData(999, 500, 3000, false)]
    [InlineData(1000, 499, 3000, false)]
    [InlineData(1000, 500, 2999, false)]
    public void Meets_EveryObjective_MustHold(double firstToken, double perToken, double endToEnd, bool expected)
    {
        RequestRecord record = Records.Completed(planned: 0, sent: 0, end: 3, tokens: 5, 1, 3);

        Assert.Equal(expected, RunSummarizer.Meets(record, new RequestObjectives(firstToken, perToken, endToEnd)));
    }

    [Fact]
    public void Meets_OneToken_HasNoTimePerTokenToMiss()
    {
        Assert.True(RunSummarizer.Meets(Records.Completed(0, 0, 1, 1, 1), new RequestObjectives(1000, 0, 1000)));
    }

    [Fact]
    public void Summarize_NothingCompleted_NumbersAreMissingNotWrong()
    {
        RunSummary summary = Summarize(Records.Failed(1, "connect", retryAfter: false));

        Assert.True(double.IsNaN(summary.TimeToFirstToken.P99));
        Assert.False(new Objective("ttft.p99", double.NegativeInfinity, 100).IsMet(summary.Metrics()["ttft.p99"]));
        Assert.Equal(MetricNames.All.Order(StringComparer.Ordinal), summary.Metrics().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Summarize_TwoModels_SummedUpApart()
    {
        RunSummary summary = Summarize(
            Records.Completed(1, 1, 3, 2, 2) with { Model = "a" },
            Records.Completed(1, 1, 5, 2, 4) with { Model = "b" });

        Assert.Equal([("a", 1000), ("b", 3000)], summary.Classes.Select(part => (part.Name, Math.Round(part.TimeToFirstToken.P50))));
    }

    [Fact]
    public void Timeline_Slices_HoldEveryRequestAndToken()
    {
        RequestRecord[] records = [.. Enumerable.Range(0, 100).Select(index => Records.Completed(index, index, index + 2, 3, index + 1, index + 2))];

        IReadOnlyList<TimelinePoint> points = Timeline.Of(records);

        double slice = points[1].Time - points[0].Time;
        Assert.Equal(Timeline.MostPoints, points.Count);
        Assert.Equal(100, points.Sum(point => point.Due * slice), 6);
        Assert.Equal(100, points.Sum(point => point.Completed * slice), 6);
        Assert.Equal(300, points.Sum(point => point.OutputTokens * slice), 6);
        Assert.Equal(0, points[^1].InFlight);
        Assert.InRange(points[50].InFlight, 1, 3);
    }

    [Theory]
    [InlineData(4.9, 1, 10, false)]
    [InlineData(5.1, 1, 10, true)]
    [InlineData(40, 1, 500, false)]
    [InlineData(51, 1, 500, true)]
    [InlineData(1, 51, 500, true)]
    [InlineData(1, 1, double.NaN, false)]
    public void Doubt_Lag_HeldAgainstWhatIsMeasured(double lag, double poolDelay, double firstToken, bool isDoubtful)
    {
        Assert.Equal(isDoubtful, LagTrust.Doubt(lag, poolDelay, firstToken) is not null);
    }

    private static RunSummary Summarize(params RequestRecord[] records) => Summarize(new MeasuredWindow(0, 10), records);

    private static RunSummary Summarize(MeasuredWindow window, params RequestRecord[] records)
    {
        return RunSummarizer.Summarize(Records.Run(window, records), RequestObjectives.None, ["http 429", "http 503"]);
    }
}
