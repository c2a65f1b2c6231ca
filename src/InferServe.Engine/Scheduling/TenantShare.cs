namespace InferServe.Engine.Scheduling;

/// <summary>What one tenant has had at one priority.</summary>
internal sealed class TenantShare
{
    /// <summary>Tokens run for it so far, weighted; see <see cref="SchedulingPolicy.ServiceCost"/>.</summary>
    public long Service { get; set; }

    /// <summary>Its sequences inside the engine.</summary>
    public int Live { get; set; }
}
