using InferServe.Gateway.Registry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace InferServe.UnitTests.Gateway.Registry;

public sealed class ModelsReloaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("models-").FullName;
    private readonly ModelRegistryProvider _registry;
    private readonly ModelsReloader _reloader;

    public ModelsReloaderTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "m"));
        Write("""{"models":[{"name":"a","path":"m"},{"name":"b","path":"m"}]}""");
        _registry = new ModelRegistryProvider(changeToken => ModelsFileReader.Read(Models, changeToken));
        _reloader = new ModelsReloader(_registry, new FakeTimeProvider(), NullLogger<ModelsReloader>.Instance);
    }

    private string Models => Path.Combine(_folder, "models.json");

    [Fact]
    public void Reload_ValidFile_ReplacesTheRegistryAndTellsOnce()
    {
        var former = _registry.Current;
        var told = 0;
        former.ChangeToken.RegisterChangeCallback(_ => told++, null);
        Write("""{"models":[{"name":"a","path":"m","replicas":2},{"name":"c","path":"m","threads":1}]}""");

        var outcome = _reloader.Reload("admin");

        Assert.Equal((true, 1, 1L), (outcome.Succeeded, told, _reloader.Successes));
        Assert.Equal(["a from 1 to 2 replicas", "c added", "b removed"], outcome.Changes);
        Assert.Equal(2, _registry.Current.Find("a")!.Replicas);
        Assert.Null(_registry.Current.Find("b"));
        Assert.NotNull(former.Find("b"));
    }

    [Fact]
    public void Reload_FileWithMistakes_ChangesNothing()
    {
        var former = _registry.Current;
        Write("""{"models":[{"name":"a","path":"gone"},{"name":"c"}]}""");

        var outcome = _reloader.Reload("file");

        Assert.Equal(2, outcome.Error!.Split(Environment.NewLine).Length);
        Assert.Same(former, _registry.Current);
        Assert.False(former.ChangeToken.HasChanged);
        Assert.Equal((1L, "start"), (_reloader.Failures, _reloader.LastSuccess.Trigger));
    }

    [Fact]
    public void Reload_FileOfTheModelChanged_IsAReplacement()
    {
        File.WriteAllText(Path.Combine(_folder, "m", "genai_config.json"), "{}");

        Assert.Equal(["a replaced", "b replaced"], _reloader.Reload("signal").Changes);
        Assert.Empty(_reloader.Reload("signal").Changes);
    }

    public void Dispose()
    {
        _registry.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string text) => File.WriteAllText(Models, text);
}
