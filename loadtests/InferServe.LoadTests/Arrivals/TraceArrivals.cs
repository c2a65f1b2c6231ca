using InferServe.LoadTests.Randomness;

namespace InferServe.LoadTests.Arrivals;

/// <summary>The arrivals of a recorded trace, with its lengths.</summary>
/// <param name="Entries">In order of time.</param>
/// <param name="Speed">2 replays twice as fast.</param>
internal sealed record TraceArrivals(IReadOnlyList<TraceEntry> Entries, double Speed) : ArrivalProcess
{
    public override IEnumerable<double> Until(double end, SeededRandom random)
    {
        return Entries.Select(entry => (entry.Timestamp - Entries[0].Timestamp) / Speed).TakeWhile(time => time < end);
    }
}
