using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace InferServe.Gateway.Routing;

/// <summary>
/// Makes a destination of each address behind the name of a worker on another machine, and looks again from time to time. While a name
/// cannot be resolved its last addresses stay; the name itself stands in where there are none.
/// </summary>
internal sealed partial class WorkerNameResolver(IOptions<RoutingOptions> options, TimeProvider time, ILogger<WorkerNameResolver> logger) : IDestinationResolver
{
    /// <summary>Begins the ids of destinations on other machines.</summary>
    public const string RemotePrefix = "remote:";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, IPAddress[]> _last = new(StringComparer.OrdinalIgnoreCase);

    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal);
        var named = false;
        foreach (var (id, destination) in destinations)
        {
            var address = new Uri(destination.Address);
            if (!id.StartsWith(RemotePrefix, StringComparison.Ordinal) || address.HostNameType != UriHostNameType.Dns)
            {
                resolved[id] = destination;
                continue;
            }

            named = true;
            var addresses = await ResolveAsync(address.IdnHost, cancellationToken);
            foreach (var ip in addresses)
            {
                // The name stays in the header and, for HTTPS, in the certificate's check.
                var url = new UriBuilder(address) { Host = ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{ip}]" : ip.ToString() };
                resolved[$"{id}@{ip}"] = destination with { Address = url.Uri.ToString(), Host = address.Authority };
            }

            if (addresses.Length == 0)
            {
                resolved[id] = destination;
            }
        }

        return new ResolvedDestinationCollection(resolved, named ? After(TimeSpan.FromSeconds(options.Value.ResolveSeconds)) : null);
    }

    private async Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limited.CancelAfter(Patience);
            var addresses = await Dns.GetHostAddressesAsync(name, limited.Token);
            return _last[name] = [.. addresses.Distinct()];
        }
        catch (Exception exception) when (exception is SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.Unresolved(logger, name, exception.Message);
            return _last.GetValueOrDefault(name) ?? [];
        }
    }

    private CancellationChangeToken After(TimeSpan pause) => new(new CancellationTokenSource(pause, time).Token);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The name {Name} of a worker cannot be resolved: {Reason}")]
        public static partial void Unresolved(ILogger logger, string name, string reason);
    }
}
