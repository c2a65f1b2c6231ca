using System.ComponentModel.DataAnnotations;

namespace InferServe.Gateway.Hosting;

/// <summary>Bounds of connections and requests, before anybody looks at what is asked for.</summary>
internal sealed class ServerOptions
{
    public const string Section = "Server";

    /// <summary>Most connections at the same time; more are closed at once. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Most header fields of a request. Default 100.</summary>
    [Range(10, 10_000)]
    public int MaxHeaders { get; set; } = 100;

    /// <summary>Most bytes of all header fields of a request. Default 32 KiB.</summary>
    [Range(1_024, 1_048_576)]
    public int MaxHeaderBytes { get; set; } = 32 * 1024;

    /// <summary>Most bytes of a request's first line. Default 8 KiB.</summary>
    [Range(256, 1_048_576)]
    public int MaxRequestLineBytes { get; set; } = 8 * 1024;

    /// <summary>How long a client may take to send its header fields, in seconds. Default 15.</summary>
    [Range(0.5, 3_600)]
    public double HeaderSeconds { get; set; } = 15;

    /// <summary>How long a connection may stay open without a request, in seconds. Default 130.</summary>
    [Range(1, 86_400)]
    public double KeepAliveSeconds { get; set; } = 130;

    /// <summary>Slowest rate at which a body may arrive and an answer be taken, in bytes a second. Default 240.</summary>
    [Range(1, 1_073_741_824)]
    public double MinBytesPerSecond { get; set; } = 240;

    /// <summary>How long a client may be slower than that, in seconds. Default 5.</summary>
    [Range(1.5, 3_600)]
    public double SlowSeconds { get; set; } = 5;

    /// <summary>How long a request may take in all, its stream included, in seconds. Default 3600.</summary>
    [Range(0.5, 604_800)]
    public double RequestSeconds { get; set; } = 3_600;
}
