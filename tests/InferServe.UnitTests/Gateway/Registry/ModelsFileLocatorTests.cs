using InferServe.Gateway.Registry;

namespace InferServe.UnitTests.Gateway.Registry;

public sealed class ModelsFileLocatorTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("locator-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Locate_GivenFile_IsRelativeToTheCurrentDirectory()
        => Assert.Equal(Path.Combine(_root, "my.json"), ModelsFileLocator.Locate("my.json", _root, "/nowhere"));

    [Fact]
    public void Locate_GivenFolder_MeansItsModelsFile()
        => Assert.Equal(Path.Combine(_root, "models.json"), ModelsFileLocator.Locate(_root, "/", "/nowhere"));

    [Fact]
    public void Locate_FileInBothPlaces_PrefersTheCurrentDirectory()
    {
        var application = Directory.CreateDirectory(Path.Combine(_root, "application")).FullName;
        File.WriteAllText(Path.Combine(application, "models.json"), "");
        var current = Directory.CreateDirectory(Path.Combine(_root, "current")).FullName;
        File.WriteAllText(Path.Combine(current, "models.json"), "");

        Assert.Equal(Path.Combine(current, "models.json"), ModelsFileLocator.Locate(null, current, application));
    }

    [Fact]
    public void Locate_BuildOutputInsideATree_FindsTheNearestFileAbove()
    {
        var application = Directory.CreateDirectory(Path.Combine(_root, "src", "bin")).FullName;
        var current = Directory.CreateDirectory(Path.Combine(_root, "current")).FullName;
        File.WriteAllText(Path.Combine(_root, "models.json"), "");

        Assert.Equal(Path.Combine(_root, "models.json"), ModelsFileLocator.Locate(null, current, application));
    }

    [Fact]
    public void Locate_NoFile_SaysWhereItLooked()
    {
        var exception = Assert.Throws<ModelsFileException>(() => ModelsFileLocator.Locate(null, _root, "/nowhere"));

        Assert.Contains(_root, exception.Message, StringComparison.Ordinal);
        Assert.Contains("--Models", exception.Message, StringComparison.Ordinal);
    }
}
