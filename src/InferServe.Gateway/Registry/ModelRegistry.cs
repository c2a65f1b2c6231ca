using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;

namespace InferServe.Gateway.Registry;

/// <summary>
/// The models of the gateway at one moment: an immutable snapshot. <see cref="ChangeToken"/> fires when a newer
/// snapshot has replaced it at <see cref="ModelRegistryProvider"/>.
/// </summary>
internal sealed class ModelRegistry
{
    private readonly FrozenDictionary<string, ModelDefinition> _byName;

    public ModelRegistry(string file, IEnumerable<ModelDefinition> models, IChangeToken changeToken, long? memoryBytes = null)
    {
        File = file;
        Models = [.. models];
        ChangeToken = changeToken;
        MemoryBytes = memoryBytes;
        _byName = Models
            .SelectMany(model => model.Aliases.Prepend(model.Name).Concat(model.Adapters.Select(adapter => adapter.Name)), (model, name) => KeyValuePair.Create(name, model))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Absolute path of the models file.</summary>
    public string File { get; }

    /// <summary>The models in the order of the file; at least one.</summary>
    public ImmutableArray<ModelDefinition> Models { get; }

    public IChangeToken ChangeToken { get; }

    /// <summary>Memory that workers may take together before models loaded on demand make room; null for no budget.</summary>
    public long? MemoryBytes { get; }

    /// <summary>The model with this name or alias, or with an adapter of this name, or null.</summary>
    public ModelDefinition? Find(string nameOrAlias) => _byName.GetValueOrDefault(nameOrAlias);
}
