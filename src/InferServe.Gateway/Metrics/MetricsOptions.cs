using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Metrics;

/// <summary>Where and for whom <c>/metrics</c> is served.</summary>
internal sealed class MetricsOptions
{
    public const string Section = "Metrics";

    /// <summary>An address of its own, such as <c>http://0.0.0.0:9090</c>; then the public address has no <c>/metrics</c>. None by default.</summary>
    [HttpAddress]
    public string? Listen { get; set; }

    /// <summary>The key that each request must carry as <c>Authorization: Bearer …</c>, at least 16 characters; none by default.</summary>
    public string? Key { get; set; }
}
