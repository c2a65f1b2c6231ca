using Microsoft.Extensions.Options;

namespace InferServe.Worker.Hosting;

internal static class ListenerExtensions
{
    /// <summary>Sets up Kestrel: the Unix domain socket when one is configured, else the usual <c>--urls</c>.</summary>
    public static WebApplicationBuilder AddListener(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseSockets(transport => transport.CreateBoundListenSocket = UnixSocketBinding.Bind);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var options = kestrel.ApplicationServices.GetRequiredService<IOptions<WorkerOptions>>().Value;
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.BodyBytes;
            if (options.Socket is { Length: > 0 } socket)
            {
                kestrel.ListenUnixSocket(Path.GetFullPath(socket));
            }
        });
        return builder;
    }
}
