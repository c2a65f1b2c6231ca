namespace InferServe.LoadTests.Measuring;

/// <summary>How the load generator itself did, so that a slow client is not taken for a slow server.</summary>
/// <param name="PoolDelay">Milliseconds that a piece of work waited for a thread of the pool, which reads the answers; sampled all the time.</param>
/// <param name="GcPauseSeconds">Time for which garbage collection held all threads.</param>
/// <param name="ProcessorShare">Processor time of the process over run time: 1 is one core.</param>
internal sealed record ClientHealth(LatencyStats PoolDelay, double GcPauseSeconds, double ProcessorShare);
