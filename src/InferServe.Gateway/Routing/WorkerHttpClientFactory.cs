using InferServe.Gateway.Supervision;
using Yarp.ReverseProxy.Forwarder;

namespace InferServe.Gateway.Routing;

/// <summary>Gives the proxy clients that speak to workers over their sockets.</summary>
internal sealed class WorkerHttpClientFactory(WorkerSockets sockets) : IForwarderHttpClientFactory
{
    public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context)
    {
        if (context.OldClient is not null && context.NewConfig == context.OldConfig)
        {
            return context.OldClient;
        }

        var handler = sockets.CreateHandler();
        // Trace headers are forwarded as they stand in the request, where the gateway's own span has put itself.
        handler.ActivityHeadersPropagator = null;
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }
}
