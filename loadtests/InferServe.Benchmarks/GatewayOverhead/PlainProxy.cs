using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace InferServe.Benchmarks.GatewayOverhead;

/// <summary>YARP with one route to one worker's socket and nothing else.</summary>
internal static class PlainProxy
{
    /// <param name="arguments"><c>--urls</c> to listen on, <c>--socket</c> of the worker.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IForwarderHttpClientFactory>(new SocketClientFactory(builder.Configuration["socket"]!));
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "worker", Match = new RouteMatch { Path = "/{**path}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "worker",
                    Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = "http://worker/" } },
                    HttpRequest = new ForwarderRequestConfig { Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact },
                },
            ]);
        var app = builder.Build();
        app.MapReverseProxy();
        await ChildServer.RunUntilInputEndsAsync(app);
    }

    private sealed class SocketClientFactory(string path) : IForwarderHttpClientFactory
    {
        public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context) => new(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
    }
}
