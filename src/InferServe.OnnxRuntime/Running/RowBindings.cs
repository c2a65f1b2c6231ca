using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Running;

/// <summary>
/// Bindings whose keys and values are bound already, by the adjacent rows that they cover: the views of a range of rows are
/// the same at every step. Holds a bounded number of them and starts over when it is full, since the ranges in use are few.
/// </summary>
internal sealed class RowBindings(GraphSession session, KvBuffers buffers, GenAiConfig config) : IDisposable
{
    private const int Most = 256;

    private readonly Dictionary<(int FirstRow, int Count), OrtIoBinding> _bindings = [];

    public OrtIoBinding Of(int firstRow, int count)
    {
        if (_bindings.TryGetValue((firstRow, count), out var known))
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
            using var key = buffers.KeyView(layer, firstRow, count);
            using var value = buffers.ValueView(layer, firstRow, count);
            binding.BindInput(GraphNames.OfLayer(config.Names.PastKeys, layer), key);
            binding.BindInput(GraphNames.OfLayer(config.Names.PastValues, layer), value);
            binding.BindOutput(GraphNames.OfLayer(config.Names.PresentKeys, layer), key);
            binding.BindOutput(GraphNames.OfLayer(config.Names.PresentValues, layer), value);
        }

        _bindings.Add((firstRow, count), binding);
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
