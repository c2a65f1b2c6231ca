using System.Text.Json;
using InferServe.Gateway.Tenants;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Tenants;

/// <summary>The keys.json beside a test's models.json.</summary>
internal sealed class Keys(ModelsFolder models)
{
    private readonly Dictionary<string, object> _entries = [];

    /// <summary>The database beside it.</summary>
    public string UsageFile => Path.Combine(Path.GetDirectoryName(models.ModelsFile)!, "usage.db");

    public string File => Path.Combine(Path.GetDirectoryName(models.ModelsFile)!, "keys.json");

    /// <summary>Adds an entry for a new key, and returns the key.</summary>
    public string Add(string name, object? more = null)
    {
        var key = ApiKeyText.Create();
        var entry = new Dictionary<string, object> { ["name"] = name, ["hash"] = ApiKeyText.Format(ApiKeyText.Digest(key)) };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            entry[property.Name] = property.GetValue(more)!;
        }

        _entries[name] = entry;
        Write();
        return key;
    }

    public void Remove(string name)
    {
        _entries.Remove(name);
        Write();
    }

    /// <summary>What starts a gateway with these keys.</summary>
    public string[] Arguments(params string[] more) => models.Arguments([$"--Usage:File={UsageFile}", "--Tenants:ReloadSeconds=0.1", "--Usage:WriteSeconds=0.1", .. more]);

    /// <summary>In one step, so that the gateway never reads half a file.</summary>
    private void Write()
    {
        System.IO.File.WriteAllText($"{File}.new", JsonSerializer.Serialize(new { keys = _entries.Values }));
        System.IO.File.Move($"{File}.new", File, overwrite: true);
    }
}
