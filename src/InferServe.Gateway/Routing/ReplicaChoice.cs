namespace InferServe.Gateway.Routing;

/// <summary>Chooses among the workers of a model.</summary>
internal static class ReplicaChoice
{
    /// <summary>Requests that a worker may have more than the least loaded, whatever the factor: few requests are no load.</summary>
    private const int Slack = 2;

    /// <summary>
    /// The worker that knows most of the prompt, unless it has more than <paramref name="overloadFactor"/> times the requests of the least
    /// loaded one (and more than two beyond it); else the least loaded, by chance among equals.
    /// </summary>
    /// <param name="known">How many chunks of the prompt each worker knows.</param>
    /// <param name="requests">How many requests each worker has in hand.</param>
    /// <param name="overloadFactor">At least 1.</param>
    /// <param name="chance">Random number in [0, 1).</param>
    /// <returns>The worker's index.</returns>
    public static int Choose(ReadOnlySpan<int> known, ReadOnlySpan<int> requests, double overloadFactor, double chance)
    {
        var least = int.MaxValue;
        var equals = 0;
        var preferred = -1;
        for (var index = 0; index < requests.Length; index++)
        {
            equals = requests[index] < least ? 1 : equals + (requests[index] == least ? 1 : 0);
            least = Math.Min(least, requests[index]);
            if (known[index] > 0 && (preferred < 0 || known[index] > known[preferred]
                || (known[index] == known[preferred] && requests[index] < requests[preferred])))
            {
                preferred = index;
            }
        }

        if (preferred >= 0 && requests[preferred] <= Math.Max(least * overloadFactor, least + Slack))
        {
            return preferred;
        }

        var skip = (int)(chance * equals);
        for (var index = 0; ; index++)
        {
            if (requests[index] == least && skip-- == 0)
            {
                return index;
            }
        }
    }
}
