using System.Globalization;
using InferServe.Contracts.Workers;
using InferServe.Engine.Requests;

namespace InferServe.Worker.Requests;

/// <summary>What the gateway says about the sender of a request, in headers that clients cannot send through it.</summary>
/// <param name="Tenant">Whose request it is; empty for nobody's.</param>
/// <param name="Priority">The best place in the queue that the sender may have.</param>
/// <param name="CacheScope">Who shares cached prefixes with whom; empty for everybody.</param>
internal sealed record Caller(string Tenant, int Priority, string CacheScope)
{
    /// <summary>No header value holds it, so a client's salt cannot imitate a scope.</summary>
    private const char Border = '\0';

    public static Caller Of(HttpRequest request)
    {
        var headers = request.Headers;
        _ = int.TryParse(headers[WorkerHeaders.Priority], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority);
        return new Caller(headers[WorkerHeaders.Tenant].ToString(), priority, headers[WorkerHeaders.CacheScope].ToString());
    }

    /// <summary>
    /// The request as its sender may make it: a <c>priority</c> of its own can only put it behind the sender's other requests, a
    /// <c>cache_salt</c> only divide the sender's scope.
    /// </summary>
    public GenerationRequest Apply(GenerationRequest request) => request with
    {
        Tenant = Tenant,
        Priority = Tenant.Length == 0 ? request.Priority : (int)Math.Min(int.MaxValue, (long)Priority + Math.Max(0, request.Priority)),
        CacheSalt = CacheScope.Length == 0 && request.CacheSalt.Length == 0 ? string.Empty : $"{CacheScope}{Border}{request.CacheSalt}",
    };
}
