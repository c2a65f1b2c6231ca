using InferServe.OnnxRuntime.Graph;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Adapters;

/// <summary>The adapters of one model, by name.</summary>
internal sealed class AdapterSet : IDisposable
{
    private readonly Dictionary<string, LoraAdapter> _adapters = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _adapters.Keys;

    /// <param name="definitions">What to load.</param>
    /// <param name="defaults">The graph's inputs that have defaults.</param>
    /// <param name="problems">Where the reasons go for which an adapter cannot be used.</param>
    public static AdapterSet Load(IReadOnlyList<AdapterDefinition> definitions, IReadOnlyList<TensorSignature> defaults, List<string> problems)
    {
        var set = new AdapterSet();
        foreach (var definition in definitions)
        {
            if (set._adapters.ContainsKey(definition.Name))
            {
                problems.Add($"there are two adapters of the name '{definition.Name}'");
                continue;
            }

            try
            {
                set._adapters.Add(definition.Name, LoraAdapter.Load(definition, defaults));
            }
            catch (ModelLoadException exception)
            {
                problems.AddRange(exception.Reasons);
            }
        }

        return set;
    }

    /// <exception cref="ArgumentException">There is no adapter of this name.</exception>
    public void Bind(string name, OrtIoBinding binding)
    {
        if (!_adapters.TryGetValue(name, out var adapter))
        {
            throw new ArgumentException($"The model has no adapter '{name}'.", nameof(name));
        }

        adapter.Bind(binding);
    }

    public void Dispose()
    {
        foreach (var adapter in _adapters.Values)
        {
            adapter.Dispose();
        }
    }
}
