namespace InferServe.Engine.Scheduling;

/// <summary>
/// Counts what each tenant has had, so that the one with the least is next (virtual token counters: Sheng et al., Fairness in Serving Large
/// Language Models, OSDI 2024). A tenant that comes back starts no lower than those who are there: being away earns no credit.
/// Engine thread only.
/// </summary>
internal sealed class TenantShares
{
    private const int MostIdle = 4096;

    private readonly Dictionary<(int Priority, string Tenant), TenantShare> _shares = [];

    /// <summary>A sequence enters the engine.</summary>
    public void Join(Sequence sequence)
    {
        (int Priority, string Tenant) key = (sequence.Request.Priority, sequence.Request.Tenant);
        if (!_shares.TryGetValue(key, out TenantShare? share))
        {
            ForgetIdle();
            _shares.Add(key, share = new TenantShare());
        }

        if (share.Live == 0)
        {
            share.Service = SchedulingPolicy.ServiceOnReturn(share.Service, LeastLive(key.Priority));
        }

        share.Live++;
        sequence.Share = share;
    }

    /// <summary>A sequence leaves the engine.</summary>
    public static void Leave(Sequence sequence) => sequence.Share!.Live--;

    private long? LeastLive(int priority)
    {
        long? least = null;
        foreach ((var key, TenantShare share) in _shares)
        {
            if (key.Priority == priority && share.Live > 0)
            {
                least = Math.Min(least ?? long.MaxValue, share.Service);
            }
        }

        return least;
    }

    private void ForgetIdle()
    {
        if (_shares.Count >= MostIdle)
        {
            foreach (var key in _shares.Where(pair => pair.Value.Live == 0).Select(pair => pair.Key).ToList())
            {
                _shares.Remove(key);
            }
        }
    }
}
