namespace InferServe.LoadTests.Measuring;

/// <summary>The part of a run that counts. Latencies are those of requests due in it; rates count what came in it.</summary>
/// <param name="Start">Seconds from the start of the run.</param>
/// <param name="End">Seconds from the start of the run.</param>
internal sealed record MeasuredWindow(double Start, double End)
{
    public double Length => End - Start;

    public bool Contains(double time) => time >= Start && time < End;
}
