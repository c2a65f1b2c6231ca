using System.Runtime.CompilerServices;
using InferServe.Gateway.Supervision;
using Yarp.ReverseProxy.Model;

namespace InferServe.Gateway.Routing;

/// <summary>The <see cref="PrefixMemory"/> of every worker; it goes with the proxy's destination.</summary>
internal sealed class PrefixMemories(WorkerSupervisor supervisor)
{
    private readonly ConditionalWeakTable<DestinationState, PrefixMemory> _memories = [];

    public int Match(DestinationState destination, IReadOnlyList<int> prefix)
        => prefix.Count == 0 ? 0 : Of(destination).Match(ProcessOf(destination), prefix);

    public void Remember(DestinationState destination, IReadOnlyList<int> prefix)
    {
        if (prefix.Count > 0)
        {
            Of(destination).Remember(ProcessOf(destination), prefix);
        }
    }

    private PrefixMemory Of(DestinationState destination) => _memories.GetValue(destination, static _ => new PrefixMemory());

    /// <summary>A worker that was started again has an empty cache. Of workers on other machines nothing is known.</summary>
    private int ProcessOf(DestinationState destination)
        => supervisor.Fleet.Workers.TryGetValue(destination.DestinationId, out var worker) ? worker.Status.ProcessId ?? 0 : 0;
}
