namespace InferServe.Gateway.Supervision;

/// <summary>Decides when a worker that ended starts again.</summary>
internal static class RestartPolicy
{
    private const double JitterShare = 0.2;

    /// <summary>The decision after a worker's process ended.</summary>
    /// <param name="shortLives">Short lives in a row before this one.</param>
    /// <param name="readyFor">How long the worker was ready; null when it never was.</param>
    /// <param name="jitter">Random number in [0, 1).</param>
    /// <param name="options">Times and counts.</param>
    public static RestartDecision Decide(int shortLives, TimeSpan? readyFor, double jitter, SupervisionOptions options)
    {
        var livedWell = readyFor is { } time && time.TotalSeconds >= options.StableSeconds;
        var lives = livedWell ? 1 : Math.Min(shortLives, int.MaxValue - 1) + 1;
        return lives >= options.FailedAfter && !livedWell
            ? new RestartDecision(WorkerState.Failed, Spread(options.FailedRetrySeconds, jitter), lives)
            : new RestartDecision(WorkerState.BackingOff, Delay(lives, jitter, options.RestartSeconds, options.RestartMaxSeconds), lives);
    }

    /// <summary>
    /// Exponential backoff: <c>first · 2^(attempt−1)</c>, at most <paramref name="maxSeconds"/>, spread by ±20 % so that
    /// workers that died together do not start together.
    /// </summary>
    /// <param name="attempt">From 1.</param>
    /// <param name="jitter">Random number in [0, 1).</param>
    /// <param name="firstSeconds">Pause of attempt 1.</param>
    /// <param name="maxSeconds">Longest pause before it is spread.</param>
    public static TimeSpan Delay(int attempt, double jitter, double firstSeconds, double maxSeconds)
        => Spread(Math.Min(maxSeconds, firstSeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 62))), jitter);

    private static TimeSpan Spread(double seconds, double jitter) => TimeSpan.FromSeconds(seconds * (1 - JitterShare + (2 * JitterShare * jitter)));
}

/// <summary>What happens after a worker's process ended.</summary>
/// <param name="State"><see cref="WorkerState.BackingOff"/> or <see cref="WorkerState.Failed"/>.</param>
/// <param name="Delay">Pause before the next start.</param>
/// <param name="ShortLives">Short lives in a row, this one included.</param>
internal sealed record RestartDecision(WorkerState State, TimeSpan Delay, int ShortLives);
