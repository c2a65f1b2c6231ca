using InferServe.OnnxRuntime.Graph;

namespace InferServe.OnnxRuntime.Adapters;

/// <summary>The adapters of one model in the memory of the host, by name.</summary>
internal sealed class AdapterSet : IDisposable
{
    private readonly Dictionary<string, LoraAdapter> _adapters = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, LoraAdapter> All => _adapters;

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

    public void Dispose()
    {
        foreach (var adapter in _adapters.Values)
        {
            adapter.Dispose();
        }
    }
}
