using System.Security.Cryptography;
using System.Text;
using InferServe.Contracts.Errors;
using InferServe.Gateway.Tenants;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Metrics;

/// <summary>
/// <c>GET /metrics</c>: the gateway's metrics and, under the label <c>worker</c>, those of every worker that the gateway runs; with a key when one is set.
/// </summary>
internal sealed class MetricsPage(GatewayMetrics gateway, WorkerMetrics workers, IOptions<MetricsOptions> options)
{
    public const string Path = "/metrics";

    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly byte[]? _digest = string.IsNullOrEmpty(options.Value.Key) ? null : ApiKeyText.Digest(options.Value.Key);

    public async Task<IResult> GetAsync(HttpContext context)
    {
        Check(context.Request.Headers);
        var merged = new MetricsText();
        using var own = new MemoryStream();
        await gateway.Registry.CollectAndExportAsTextAsync(own, context.RequestAborted);
        merged.Add(Encoding.UTF8.GetString(own.ToArray()), label: null);
        foreach (var (workerId, text) in await workers.CollectAsync(context.RequestAborted))
        {
            merged.Add(text, $"worker=\"{workerId}\"");
        }

        return TypedResults.Text(merged.ToString(), ContentType);
    }

    private void Check(IHeaderDictionary headers)
    {
        if (_digest is not null && !CryptographicOperations.FixedTimeEquals(_digest, ApiKeyText.Digest(PresentedKey.Of(headers) ?? "")))
        {
            throw new ApiException(ApiErrors.InvalidApiKey("The metrics need their key: send it as 'Authorization: Bearer <key>'."));
        }
    }
}
