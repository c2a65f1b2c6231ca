using Xunit.Abstractions;
using Xunit.Sdk;

namespace InferServe.UnitTests.Support;

/// <summary>Gives conformance tests the trait Category=Conformance.</summary>
internal sealed class ConformanceTraitDiscoverer : ITraitDiscoverer
{
    public const string AssemblyName = "InferServe.UnitTests";
    public const string TypeName = "InferServe.UnitTests.Support.ConformanceTraitDiscoverer";

    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [new("Category", "Conformance")];
}
