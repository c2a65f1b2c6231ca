namespace InferServe.Worker.Generation;

/// <summary>How long a refused client had better wait.</summary>
internal static class RetryAfterEstimate
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(60);

    /// <summary>The time until all that wait now have got a row, if requests go on taking as long as they did.</summary>
    /// <param name="meanDuration">How long a request lasted of late, or null when none has ended yet.</param>
    /// <param name="waiting">Requests in the queue.</param>
    /// <param name="rows">Requests that run at the same time, at least 1.</param>
    public static TimeSpan Of(TimeSpan? meanDuration, int waiting, int rows)
    {
        var estimate = (meanDuration ?? Least) * Math.Max(1, waiting) / rows;
        return estimate < Least ? Least : estimate > Most ? Most : estimate;
    }
}
