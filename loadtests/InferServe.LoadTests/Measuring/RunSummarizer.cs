using InferServe.LoadTests.Objectives;

namespace InferServe.LoadTests.Measuring;

/// <summary>Turns the records of a run into its numbers.</summary>
internal static class RunSummarizer
{
    public static RunSummary Summarize(RunResult run, RequestObjectives objectives, IReadOnlyList<string> expectedErrors)
    {
        MeasuredWindow window = run.Window;
        RequestRecord[] due = [.. run.Records.Where(record => window.Contains(record.Planned))];
        RequestRecord[] completed = [.. due.Where(IsCompleted)];
        RequestRecord[] failed = [.. due.Where(record => record.Outcome == RequestOutcome.Failed)];
        RequestRecord[] refused = [.. failed.Where(record => IsExpected(record.Error!, expectedErrors))];
        RequestRecord[] endedIn = [.. run.Records.Where(record => IsCompleted(record) && window.Contains(record.End))];
        double outputTokens = run.Records.Sum(record => OutputTokensIn(window, record));
        double promptTokens = run.Records.Where(record => record.Arrivals.Count > 0 && window.Contains(record.Arrivals[0])).Sum(record => record.PromptTokens);
        int aborted = due.Count(record => record.Outcome == RequestOutcome.Aborted);
        return new RunSummary
        {
            WindowSeconds = window.Length,
            Requests = due.Length,
            Completed = completed.Length,
            Aborted = aborted,
            Refused = refused.Length,
            Errors = failed.Length - refused.Length,
            RefusalsWithoutRetryAfter = refused.Count(record => !record.HasRetryAfter),
            ErrorsByKind = failed.CountBy(record => record.Error!).OrderByDescending(pair => pair.Value).ToDictionary(),
            TimeToFirstToken = LatencyStats.Of(completed.Select(record => record.TimeToFirstToken)),
            InterTokenLatency = LatencyStats.Of(completed.SelectMany(Gaps)),
            TimePerOutputToken = LatencyStats.Of(completed.Select(record => record.TimePerOutputToken)),
            EndToEnd = LatencyStats.Of(completed.Select(record => record.EndToEnd)),
            TimeToFirstTokenFromSend = LatencyStats.Of(completed.Select(record => record.Arrivals[0] - record.Sent)),
            EndToEndFromSend = LatencyStats.Of(completed.Select(record => record.End - record.Sent)),
            Lag = LatencyStats.Of(due.Select(record => record.Lag)),
            RequestsPerSecond = endedIn.Length / window.Length,
            OutputTokensPerSecond = outputTokens / window.Length,
            TotalTokensPerSecond = (outputTokens + promptTokens) / window.Length,
            Goodput = endedIn.Count(record => Meets(record, objectives)) / window.Length,
            GoodputRatio = (double)completed.Count(record => Meets(record, objectives)) / (due.Length - aborted),
            MeanPromptTokens = Mean(completed, record => record.PromptTokens),
            MeanOutputTokens = Mean(completed, record => record.CompletionTokens),
            CachedTokenRatio = CachedRatio(completed),
            WithoutUsage = completed.Count(record => !record.HasUsage),
            Classes = [.. Classes(completed, record => record.Model), .. Classes(completed, record => record.Class)],
        };
    }

    /// <summary>Whether a completed request counts for goodput. An answer of one token has no time per output token to miss.</summary>
    public static bool Meets(RequestRecord record, RequestObjectives objectives)
    {
        return record.TimeToFirstToken * 1000 <= objectives.TimeToFirstToken
            && record.EndToEnd * 1000 <= objectives.EndToEnd
            && !(record.TimePerOutputToken * 1000 > objectives.TimePerOutputToken);
    }

    /// <summary>Tokens of a request that arrived in a window: its chunks there, each with its even share of the tokens.</summary>
    public static double OutputTokensIn(MeasuredWindow window, RequestRecord record)
    {
        return record.Arrivals.Count == 0
            ? 0
            : (double)record.CompletionTokens / record.Arrivals.Count * record.Arrivals.Count(window.Contains);
    }

    public static bool IsExpected(string error, IReadOnlyList<string> expected)
    {
        return expected.Any(start => error.StartsWith(start, StringComparison.Ordinal));
    }

    private static bool IsCompleted(RequestRecord record) => record.Outcome == RequestOutcome.Completed;

    private static IEnumerable<double> Gaps(RequestRecord record) => record.Arrivals.Zip(record.Arrivals.Skip(1), (earlier, later) => later - earlier);

    private static IEnumerable<ClassSummary> Classes(RequestRecord[] completed, Func<RequestRecord, string?> key)
    {
        IGrouping<string?, RequestRecord>[] groups = [.. completed.GroupBy(key).Where(group => group.Key is not null).OrderBy(group => group.Key, StringComparer.Ordinal)];
        return groups.Length < 2 ? [] : groups.Select(group => Class(group.Key!, [.. group]));
    }

    private static ClassSummary Class(string name, RequestRecord[] completed) => new(
        name,
        completed.Length,
        Mean(completed, record => record.PromptTokens),
        CachedRatio(completed),
        LatencyStats.Of(completed.Select(record => record.TimeToFirstToken)),
        LatencyStats.Of(completed.Select(record => record.TimePerOutputToken)),
        LatencyStats.Of(completed.Select(record => record.EndToEnd)));

    private static double Mean(RequestRecord[] records, Func<RequestRecord, double> value) => records.Length == 0 ? double.NaN : records.Average(value);

    private static double CachedRatio(RequestRecord[] records)
    {
        double all = records.Sum(record => (double)record.PromptTokens);
        return all == 0 ? double.NaN : records.Sum(record => (double)record.CachedTokens) / all;
    }
}
