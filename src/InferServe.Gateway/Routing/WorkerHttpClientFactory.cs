using InferServe.Gateway.Supervision;
using Yarp.ReverseProxy.Forwarder;

namespace InferServe.Gateway.Routing;

/// <summary>Gives the proxy clients that speak to workers: to those of this machine over their sockets, to others over the network.</summary>
internal sealed class WorkerHttpClientFactory(WorkerSockets sockets) : IForwarderHttpClientFactory
{
    public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context)
    {
        var isRemote = IsRemote(context.NewMetadata);
        if (context.OldClient is not null && context.NewConfig == context.OldConfig && isRemote == IsRemote(context.OldMetadata))
        {
            return context.OldClient;
        }

        var handler = isRemote ? NetworkHandler() : sockets.CreateHandler();
        // Trace headers are forwarded as they stand in the request, where the gateway's own span has put itself.
        handler.ActivityHeadersPropagator = null;
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }

    private static bool IsRemote(IReadOnlyDictionary<string, string>? metadata) => metadata?.ContainsKey(WorkerProxyConfigProvider.RemoteMark) is true;

    private static SocketsHttpHandler NetworkHandler() => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    };
}
