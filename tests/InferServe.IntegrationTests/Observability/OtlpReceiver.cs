using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InferServe.IntegrationTests.Observability;

/// <summary>A collector of traces as operators run one, as far as receiving goes: OTLP with protobuf bodies, over HTTP or gRPC.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    /// <summary>A gRPC message comes behind a byte that says whether it is compressed and four of its length.</summary>
    private const int GrpcPrefix = 5;

    private readonly WebApplication _app;
    private readonly string _protocol;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();

    private OtlpReceiver(string protocol)
    {
        _protocol = protocol;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // Without TLS nothing is negotiated: gRPC's HTTP/2 is spoken from the first byte.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listener => listener.Protocols = protocol == "grpc" ? HttpProtocols.Http2 : HttpProtocols.Http1));
        _app = builder.Build();
        _app.MapPost("/v1/traces", ReceiveAsync);
        _app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", ReceiveCallAsync);
    }

    /// <summary>What is received so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    /// <summary>Variables that make a program send its spans here, soon after they end.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = _protocol,
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    /// <param name="protocol">As in <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>: <c>http/protobuf</c> or <c>grpc</c>.</param>
    public static async Task<OtlpReceiver> StartAsync(string protocol = "http/protobuf")
    {
        var receiver = new OtlpReceiver(protocol);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var compressed = string.Equals(context.Request.Headers.ContentEncoding, "gzip", StringComparison.Ordinal);
        await using var content = compressed ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        await content.CopyToAsync(body);
        Take(body.ToArray());

        // An empty ExportTraceServiceResponse.
        context.Response.ContentType = "application/x-protobuf";
    }

    private async Task ReceiveCallAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Take(body.ToArray()[GrpcPrefix..]);
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(new byte[GrpcPrefix]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private void Take(byte[] message)
    {
        foreach (var span in ReceivedSpan.ReadAll(message))
        {
            _spans.Enqueue(span);
        }
    }
}
