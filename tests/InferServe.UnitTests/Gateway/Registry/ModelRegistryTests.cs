using InferServe.Gateway.Registry;
using Microsoft.Extensions.Primitives;

namespace InferServe.UnitTests.Gateway.Registry;

public sealed class ModelRegistryTests
{
    private static readonly ModelRegistry Registry = new(
        "/models.json",
        [new() { Name = "a", Folder = "/a", Aliases = ["latest"] }, new() { Name = "b", Folder = "/b" }],
        new CancellationChangeToken(CancellationToken.None));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("latest", "a")]
    [InlineData("b", "b")]
    [InlineData("A", null)]
    [InlineData("c", null)]
    public void Find_NameOrAlias_LeadsToItsModel(string name, string? model) => Assert.Equal(model, Registry.Find(name)?.Name);
}
