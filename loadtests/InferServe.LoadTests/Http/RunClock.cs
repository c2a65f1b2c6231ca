namespace InferServe.LoadTests.Http;

/// <summary>Seconds since the start of a run.</summary>
internal sealed class RunClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public double Now => time.GetElapsedTime(_start).TotalSeconds;
}
