using System.Net;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Http;

/// <summary>Makes the client that sends a scenario's requests.</summary>
internal static class HttpClients
{
    public static HttpClient Create(ConnectionShape connection)
    {
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connection.MostConnections,
            EnableMultipleHttp2Connections = true,
            AutomaticDecompression = DecompressionMethods.None,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,

            // A client that goes away closes the connection; reading on, to use it again, would keep the server at work.
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = connection.Reuse ? System.Threading.Timeout.InfiniteTimeSpan : TimeSpan.Zero,
        };
        return new HttpClient(handler)
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = connection.HttpVersion,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }
}
