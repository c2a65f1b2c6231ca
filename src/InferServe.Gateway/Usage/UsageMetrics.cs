using InferServe.Contracts.Workers;
using InferServe.Gateway.Metrics;
using Prometheus;

namespace InferServe.Gateway.Usage;

/// <summary>
/// Usage by key as metrics. Names of keys come from the operator's file, but files change: after <see cref="MaxKeys"/> different names the
/// further ones share one, so that the number of series is bounded.
/// </summary>
internal sealed class UsageMetrics
{
    internal const int MaxKeys = 1_000;
    internal const string Others = "others";

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Counter _requests;
    private readonly Counter _promptTokens;
    private readonly Counter _cachedTokens;
    private readonly Counter _generationTokens;

    public UsageMetrics(GatewayMetrics gateway)
    {
        var metrics = Prometheus.Metrics.WithCustomRegistry(gateway.Registry);
        _requests = metrics.CreateCounter("inferserve_key_requests_total", "Requests let in, by key.", "key", "model");
        _promptTokens = metrics.CreateCounter("inferserve_key_prompt_tokens_total", "Prompt tokens, by key.", "key", "model");
        _cachedTokens = metrics.CreateCounter("inferserve_key_prompt_tokens_cached_total", "Prompt tokens not computed again, by key.", "key", "model");
        _generationTokens = metrics.CreateCounter("inferserve_key_generation_tokens_total", "Tokens generated, by key.", "key", "model");
    }

    public void Record(string key, string model, UsageNote note)
    {
        var label = Label(key);
        _requests.WithLabels(label, model).Inc();
        _promptTokens.WithLabels(label, model).Inc(note.PromptTokens);
        _cachedTokens.WithLabels(label, model).Inc(note.CachedTokens);
        _generationTokens.WithLabels(label, model).Inc(note.CompletionTokens);
    }

    private string Label(string key)
    {
        lock (_known)
        {
            return _known.Contains(key) || (_known.Count < MaxKeys && _known.Add(key)) ? key : Others;
        }
    }
}
