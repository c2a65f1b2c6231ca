namespace InferServe.LoadTests.Measuring;

/// <summary>A slice of a run.</summary>
/// <param name="Time">Its middle, in seconds from the start of the run.</param>
/// <param name="Due">Requests per second that were due.</param>
/// <param name="Completed">Requests per second that ended whole.</param>
/// <param name="Failed">Requests per second that failed.</param>
/// <param name="OutputTokens">Output tokens per second that arrived.</param>
/// <param name="InFlight">Requests between their planned time and their end, at the end of the slice.</param>
/// <param name="TimeToFirstTokenP50">Milliseconds, of the requests due in the slice; NaN for none.</param>
/// <param name="TimeToFirstTokenP99">Milliseconds, of the requests due in the slice; NaN for none.</param>
/// <param name="EndToEndP50">Milliseconds, of the requests due in the slice; NaN for none.</param>
internal sealed record TimelinePoint(
    double Time,
    double Due,
    double Completed,
    double Failed,
    double OutputTokens,
    int InFlight,
    double TimeToFirstTokenP50,
    double TimeToFirstTokenP99,
    double EndToEndP50);
