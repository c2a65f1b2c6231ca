using InferServe.Gateway.Logging;
using InferServe.Gateway.Supervision;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Hosting;

internal static class HostingExtensions
{
    /// <summary>Levels that any other source of configuration overrides: what the gateway does, without a line for each request.</summary>
    private static readonly Dictionary<string, string?> DefaultLogLevels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        // A failed start is explained on the error stream.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        ["Logging:LogLevel:System"] = "Warning",
        ["Logging:LogLevel:Yarp"] = "Error",
        // A client that sends a malformed or aborted request is no event of the server.
        ["Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel"] = "Error",
    };

    /// <summary>Console log, listen address, limits of the web server, time to shut down.</summary>
    public static WebApplicationBuilder AddGatewayHosting(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = DefaultLogLevels });
        builder.AddConsoleLog();
        if (!ListenAddress.IsConfigured(builder.Configuration))
        {
            builder.WebHost.UseUrls(ListenAddress.Default);
        }

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddUnusedDataProtection();
        builder.Services.AddCheckedOptions<GatewayOptions>(GatewayOptions.Section);
        builder.Services.AddCheckedOptions<ServerOptions>(ServerOptions.Section);
        builder.Services.AddCrossOrigins();
        builder.Services.AddSingleton<RequestDrain>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<GatewayOptions>, IOptions<ServerOptions>>(
            (kestrel, gateway, server) => Limit(kestrel, gateway.Value, server.Value));
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<GatewayOptions>, IOptions<SupervisionOptions>>((host, gateway, supervision) =>
            host.ShutdownTimeout = RequestDrain.ShutdownTime(gateway.Value.DrainSeconds, supervision.Value.StopSeconds));
        return builder;
    }

    /// <summary>What every request passes first: a name for it, what browsers may do, one shape for its errors, bounds on its time.</summary>
    public static WebApplication UseGatewayHosting(this WebApplication app)
    {
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<RequestLogMiddleware>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseCrossOrigins();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<DrainMiddleware>();
        app.UseMiddleware<RequestTimeMiddleware>();
        return app;
    }

    private static void Limit(KestrelServerOptions kestrel, GatewayOptions gateway, ServerOptions server)
    {
        var slowest = new MinDataRate(server.MinBytesPerSecond, TimeSpan.FromSeconds(server.SlowSeconds));
        var limits = kestrel.Limits;
        kestrel.AddServerHeader = false;
        limits.MaxRequestBodySize = gateway.MaxRequestBodyBytes;
        limits.MaxConcurrentConnections = server.MaxConnections;
        limits.MaxRequestHeaderCount = server.MaxHeaders;
        limits.MaxRequestHeadersTotalSize = server.MaxHeaderBytes;
        limits.MaxRequestLineSize = server.MaxRequestLineBytes;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(server.HeaderSeconds);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(server.KeepAliveSeconds);
        limits.MinRequestBodyDataRate = slowest;
        limits.MinResponseDataRate = slowest;
    }
}
