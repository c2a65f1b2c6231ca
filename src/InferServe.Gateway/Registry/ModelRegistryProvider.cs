namespace InferServe.Gateway.Registry;

/// <summary>Holds the current <see cref="ModelRegistry"/>. Who keeps a snapshot watches its change token.</summary>
internal sealed class ModelRegistryProvider(ModelRegistry registry)
{
    public ModelRegistry Current { get; } = registry;
}
