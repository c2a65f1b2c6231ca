using System.Collections.Frozen;
using System.Collections.Immutable;
using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Tenants;

/// <summary>A key as the gateway knows it: not the key but its digest, and what its holder may do.</summary>
internal sealed record ApiKey
{
    /// <summary>What the key is called in quotas, metrics, usage and logs.</summary>
    public required string Name { get; init; }

    /// <summary>Who holds it; keys of one tenant share its turns in the queue and its cached prefixes.</summary>
    public required string Tenant { get; init; }

    /// <summary>SHA-256 of the key.</summary>
    public required ImmutableArray<byte> Digest { get; init; }

    /// <summary>Names or aliases of the models that the key may use; null for all.</summary>
    public FrozenSet<string>? Models { get; init; }

    /// <summary>Most requests in any 60 seconds; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Most tokens, of prompts and answers, in any 60 seconds; null for no limit.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>Most requests at the same time; null for no limit.</summary>
    public int? ConcurrentRequests { get; init; }

    /// <summary>Place in the workers' queues: lower runs earlier. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>Whether prompts share cached prefixes with all other keys of which this is true. Default false.</summary>
    public bool SharedPrefixCache { get; init; }

    /// <summary>Whether the key may use the model: it lists its name or one of its aliases, or lists none.</summary>
    public bool Allows(ModelDefinition model) => Models is null || Models.Contains(model.Name) || model.Aliases.Any(Models.Contains);
}
