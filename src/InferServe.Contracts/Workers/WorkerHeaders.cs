namespace InferServe.Contracts.Workers;

/// <summary>
/// Headers between gateway and worker. The gateway takes them out of what clients send and out of what clients get; a worker
/// believes whoever can reach it.
/// </summary>
public static class WorkerHeaders
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "x-inferserve-";

    /// <summary>
    /// In a request: the answer shall come with its <see cref="UsageNote"/>. In an answer in one piece: the note. A streamed answer
    /// carries notes as comments.
    /// </summary>
    public const string Usage = "x-inferserve-usage";

    /// <summary>The model or adapter that the request's <c>model</c> stands for: a worker need not know its aliases.</summary>
    public const string Model = "x-inferserve-model";

    /// <summary>Whose request it is; tenants of the same priority take turns.</summary>
    public const string Tenant = "x-inferserve-tenant";

    /// <summary>Best place in the queue that the request may have: lower runs earlier.</summary>
    public const string Priority = "x-inferserve-priority";

    /// <summary>Prompts share cached prefixes only within the same scope.</summary>
    public const string CacheScope = "x-inferserve-cache-scope";
}
