using Xunit.Sdk;

namespace InferServe.UnitTests.Support;

/// <summary>A fact that uses <see cref="ConformanceData"/>: trait Category=Conformance, skipped with a reason without the data.</summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer(ConformanceTraitDiscoverer.TypeName, ConformanceTraitDiscoverer.AssemblyName)]
internal sealed class ConformanceFactAttribute : FactAttribute, ITraitAttribute
{
    public ConformanceFactAttribute() => Skip = ConformanceData.SkipReason;
}
