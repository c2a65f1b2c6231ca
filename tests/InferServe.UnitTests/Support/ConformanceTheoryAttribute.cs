using Xunit.Sdk;

namespace InferServe.UnitTests.Support;

/// <summary>
/// A theory that uses <see cref="ConformanceData"/>: trait Category=Conformance, skipped with a reason without the data. Its member
/// data may be empty then, because a skipped theory asks for none.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer(ConformanceTraitDiscoverer.TypeName, ConformanceTraitDiscoverer.AssemblyName)]
internal sealed class ConformanceTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    public ConformanceTheoryAttribute() => Skip = ConformanceData.SkipReason;
}
