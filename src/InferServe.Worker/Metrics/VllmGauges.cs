using System.Globalization;
using System.Text;
using InferServe.Engine;

namespace InferServe.Worker.Metrics;

/// <summary>
/// Three gauges under the names that vLLM gives them, because load balancers for inference (the Gateway API Inference Extension of
/// Kubernetes among them) choose a worker by these. Colons in the names keep them out of the registry of the other metrics.
/// </summary>
internal static class VllmGauges
{
    /// <summary>The gauges in Prometheus' text format.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="status">The engine; null while the model loads.</param>
    public static string Write(string model, EngineStatus? status)
    {
        var text = new StringBuilder();
        Add(text, "num_requests_running", "Sequences that hold a row.", model, status?.Running ?? 0);
        Add(text, "num_requests_waiting", "Requests that hold no row yet.", model, status?.Waiting ?? 0);
        Add(text, "kv_cache_usage_perc", "Share of KV memory in use; 1 is all of it.", model, status?.KvUsageRatio ?? 0);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string help, string model, double value)
    {
        var label = model.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        text.Append(CultureInfo.InvariantCulture, $"# HELP vllm:{name} {help}\n# TYPE vllm:{name} gauge\nvllm:{name}{{model_name=\"{label}\"}} {value}\n");
    }
}
