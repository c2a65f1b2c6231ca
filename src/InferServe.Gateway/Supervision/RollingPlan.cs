namespace InferServe.Gateway.Supervision;

/// <summary>
/// What to do so that the workers of a model become those that its definition asks for, without a moment in which fewer answer than
/// before: a new one is ready before an old one goes.
/// </summary>
/// <param name="Start">New workers to start.</param>
/// <param name="RetireNew">Surplus new workers to retire.</param>
/// <param name="RetireOld">Old workers that answer, to retire.</param>
internal sealed record RollingPlan(int Start, int RetireNew, int RetireOld)
{
    /// <param name="replicas">Workers asked for; 0 for a model that shall not be loaded.</param>
    /// <param name="current">Workers of the definition in force.</param>
    /// <param name="currentReady">How many of them answer.</param>
    /// <param name="oldReady">Workers of an earlier definition that answer; those that do not are of no use and are retired anyway.</param>
    public static RollingPlan Decide(int replicas, int current, int currentReady, int oldReady)
    {
        var missing = Math.Max(0, replicas - current);

        // One at a time while old ones serve, because both take memory; at once where nothing serves in their place.
        var starting = current - currentReady;
        var atOnce = Math.Max(1 - starting, replicas - oldReady - current);
        var start = oldReady == 0 ? missing : Math.Clamp(atOnce, 0, missing);
        return new RollingPlan(start, Math.Max(0, current - replicas), Math.Clamp(oldReady + currentReady - replicas, 0, oldReady));
    }
}
