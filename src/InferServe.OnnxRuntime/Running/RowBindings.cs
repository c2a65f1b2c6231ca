using InferServe.OnnxRuntime.Adapters;
using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Running;

/// <summary>
/// Bindings whose keys, values and adapter are bound already, by the adjacent rows that they cover and the adapter: the views of a range of rows are
/// the same at every step. Holds a bounded number of them and starts over when it is full, since the ranges in use are few.
/// </summary>
internal sealed class RowBindings(GraphSession session, IKvStore kv, GenAiConfig config, AdapterValues adapters) : IDisposable
{
    private const int Most = 256;

    private readonly Dictionary<(KvWindow Window, string? Adapter), OrtIoBinding> _bindings = [];

    /// <exception cref="ArgumentException">There is no such adapter.</exception>
    public OrtIoBinding Of(KvWindow window, string? adapter)
    {
        if (_bindings.TryGetValue((window, adapter), out var known))
        {
            return known;
        }

        if (_bindings.Count == Most)
        {
            Dispose();
        }

        var binding = session.NewBinding();
        for (int layer = 0; layer < config.Layers; layer++)
        {
            using var key = kv.View(layer * 2, window);
            using var value = kv.View((layer * 2) + 1, window);
            binding.BindInput(GraphNames.OfLayer(config.Names.PastKeys, layer), key);
            binding.BindInput(GraphNames.OfLayer(config.Names.PastValues, layer), value);
            binding.BindOutput(GraphNames.OfLayer(config.Names.PresentKeys, layer), key);
            binding.BindOutput(GraphNames.OfLayer(config.Names.PresentValues, layer), value);
        }

        if (adapter is not null)
        {
            adapters.Bind(adapter, binding);
        }

        _bindings.Add((window, adapter), binding);
        return binding;
    }

    public void Dispose()
    {
        foreach (var binding in _bindings.Values)
        {
            binding.Dispose();
        }

        _bindings.Clear();
    }
}
