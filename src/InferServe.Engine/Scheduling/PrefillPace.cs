namespace InferServe.Engine.Scheduling;

/// <summary>
/// How many prompt tokens a step may run: all that the budget allows while nothing decodes, else as many as keep the step within a given
/// time, by what earlier steps took. Engine thread only.
/// </summary>
internal sealed class PrefillPace(int budget, TimeSpan? mixedStep)
{
    // Of a new measurement against all earlier ones: steps differ by a few rows and by how far a prompt has come.
    private const double Weight = 0.3;

    private double? _decodeSeconds;
    private double? _secondsPerToken;

    /// <summary>The most prompt tokens of the next step.</summary>
    /// <param name="decodes">Whether sequences decode in it.</param>
    public int Budget(bool decodes) => decodes && mixedStep is { } target && _secondsPerToken is { } perToken
        ? SchedulingPolicy.MixedBudget(target.TotalSeconds, _decodeSeconds ?? 0, perToken, budget)
        : budget;

    /// <summary>Learns from a step that has run.</summary>
    /// <param name="decodes">Whether sequences decoded in it.</param>
    /// <param name="prefillTokens">Its prompt tokens.</param>
    /// <param name="duration">What it took.</param>
    public void Observe(bool decodes, int prefillTokens, TimeSpan duration)
    {
        double seconds = duration.TotalSeconds;
        if (prefillTokens == 0)
        {
            _decodeSeconds = Blend(_decodeSeconds, seconds);
            return;
        }

        double prefill = decodes ? Math.Max(0, seconds - (_decodeSeconds ?? 0)) : seconds;
        _secondsPerToken = Blend(_secondsPerToken, prefill / prefillTokens);
    }

    private static double Blend(double? earlier, double now) => earlier is { } before ? before + (Weight * (now - before)) : now;
}
