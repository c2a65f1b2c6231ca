namespace InferServe.LoadTests.Measuring;

/// <summary>Cuts a run into slices of equal length, at most <see cref="MostPoints"/> and none shorter than half a second.</summary>
internal static class Timeline
{
    public const int MostPoints = 120;
    private const double LeastSlice = 0.5;

    public static IReadOnlyList<TimelinePoint> Of(IReadOnlyList<RequestRecord> records)
    {
        if (records.Count == 0)
        {
            return [];
        }

        double end = records.Max(record => record.End);
        int count = Math.Clamp((int)(end / LeastSlice), 1, MostPoints);
        double slice = end / count;
        var due = new List<RequestRecord>[count];
        var ended = new List<RequestRecord>[count];
        double[] tokens = new double[count];
        for (int index = 0; index < count; index++)
        {
            due[index] = [];
            ended[index] = [];
        }

        foreach (RequestRecord record in records)
        {
            due[Slice(record.Planned)].Add(record);
            ended[Slice(record.End)].Add(record);
            foreach (double arrival in record.Arrivals)
            {
                tokens[Slice(arrival)] += (double)record.CompletionTokens / record.Arrivals.Count;
            }
        }

        var points = new TimelinePoint[count];
        int inFlight = 0;
        for (int index = 0; index < count; index++)
        {
            inFlight += due[index].Count - ended[index].Count;
            RequestRecord[] whole = [.. due[index].Where(record => record.Outcome == RequestOutcome.Completed)];
            LatencyStats first = LatencyStats.Of(whole.Select(record => record.TimeToFirstToken));
            points[index] = new TimelinePoint(
                (index + 0.5) * slice,
                due[index].Count / slice,
                ended[index].Count(record => record.Outcome == RequestOutcome.Completed) / slice,
                ended[index].Count(record => record.Outcome == RequestOutcome.Failed) / slice,
                tokens[index] / slice,
                inFlight,
                first.P50,
                first.P99,
                LatencyStats.Of(whole.Select(record => record.EndToEnd)).P50);
        }

        return points;

        int Slice(double time) => Math.Clamp((int)(time / slice), 0, count - 1);
    }
}
