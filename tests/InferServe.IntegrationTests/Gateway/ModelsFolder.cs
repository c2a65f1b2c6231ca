using System.Text.Json;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>A models.json with folders for the stand-in worker, which takes its orders from files in them.</summary>
internal sealed class ModelsFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("gateway-test-").FullName;

    public ModelsFolder(params string[] models)
        : this([.. models.Select(name => (name, 1))])
    {
    }

    public ModelsFolder(params (string Name, int Replicas)[] models)
    {
        foreach (var (name, _) in models)
        {
            Directory.CreateDirectory(Path.Combine(_root, name));
        }

        var entries = models.Select(model => new { name = model.Name, path = model.Name, replicas = model.Replicas, aliases = new[] { $"{model.Name}-alias" } });
        File.WriteAllText(ModelsFile, JsonSerializer.Serialize(new { models = entries }));
    }

    public string ModelsFile => Path.Combine(_root, "models.json");

    /// <summary>The folder of models.json.</summary>
    public string Root => _root;

    /// <summary>Puts another models.json in the place of the present one, in one step.</summary>
    public void Write(object models) => Write(JsonSerializer.Serialize(models));

    public void Write(string text)
    {
        var next = Path.Combine(_root, "next.json");
        File.WriteAllText(next, text);
        File.Move(next, ModelsFile, overwrite: true);
    }

    /// <summary>Makes the folder of one more model.</summary>
    public void AddModel(string name) => Directory.CreateDirectory(Path.Combine(_root, name));

    /// <summary>What starts a gateway over these models; restarts are quick.</summary>
    public string[] Arguments(params string[] more) =>
    [
        $"--Models={ModelsFile}",
        $"--Supervision:WorkerPath={Programs.StandInWorker}",
        "--Supervision:RestartSeconds=0.1",
        "--Supervision:LivenessSeconds=0.2",
        .. more,
    ];

    public void Put(string model, string file, string content = "") => File.WriteAllText(Path.Combine(_root, model, file), content);

    public void Remove(string model, string file) => File.Delete(Path.Combine(_root, model, file));

    public bool Has(string model, string file) => File.Exists(Path.Combine(_root, model, file));

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
