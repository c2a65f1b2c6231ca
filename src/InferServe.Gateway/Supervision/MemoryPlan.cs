namespace InferServe.Gateway.Supervision;

/// <summary>Whether a model may be loaded under the memory budget, and which others make room for it.</summary>
/// <param name="Decision">What happens.</param>
/// <param name="Unload">Indices of the models to unload.</param>
internal sealed record MemoryPlan(MemoryDecision Decision, IReadOnlyList<int> Unload)
{
    /// <param name="budget">Bytes that workers may take together; null for no budget.</param>
    /// <param name="used">Bytes that they take, those of workers that are leaving included.</param>
    /// <param name="leaving">Bytes of workers that are leaving.</param>
    /// <param name="needed">Bytes that the model is expected to take.</param>
    /// <param name="candidates">Loaded models that may be unloaded.</param>
    public static MemoryPlan Decide(long? budget, long used, long leaving, long needed, IReadOnlyList<UnloadCandidate> candidates)
    {
        if (budget is not { } limit || used + needed <= limit)
        {
            return new MemoryPlan(MemoryDecision.Load, []);
        }

        // Idle ones first, the least recently used first. Those that may not leave yet count as room to come.
        var order = Enumerable.Range(0, candidates.Count)
            .OrderBy(index => !candidates[index].MayLeave)
            .ThenBy(index => candidates[index].UnusedFor == TimeSpan.Zero)
            .ThenByDescending(index => candidates[index].UnusedFor);
        var unload = new List<int>();
        var free = limit - used + leaving;
        foreach (var index in order)
        {
            if (free >= needed)
            {
                break;
            }

            unload.Add(index);
            free += candidates[index].Bytes;
        }

        return free >= needed ? new MemoryPlan(MemoryDecision.Wait, [.. unload.Where(index => candidates[index].MayLeave)]) : new MemoryPlan(MemoryDecision.Refuse, []);
    }
}

/// <summary>What happens to a model that is asked for.</summary>
internal enum MemoryDecision
{
    /// <summary>There is room.</summary>
    Load,

    /// <summary>Room is being made.</summary>
    Wait,

    /// <summary>Even without every model that can be unloaded there is too little.</summary>
    Refuse,
}

/// <summary>A loaded model that may be unloaded.</summary>
/// <param name="Bytes">What its workers take.</param>
/// <param name="UnusedFor">How long it has had no request; zero while it has one.</param>
/// <param name="MayLeave">False for one that was loaded for requests that it has not served yet.</param>
internal sealed record UnloadCandidate(long Bytes, TimeSpan UnusedFor, bool MayLeave = true);
