using System.Text.Json;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Serving;

/// <summary>A server whose embedded model runs one request at a time and lets none wait, shared by the tests of a class.</summary>
public sealed class OneRowServerFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("one-row-").FullName;

    internal GatewayProcess Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        string models = Path.Combine(_folder, "models.json");
        string path = Path.Combine(Programs.Root, "models", ServerFixture.Model);
        var model = new { name = ServerFixture.Model, path, maxSequences = 1, queueLimit = 0 };
        await File.WriteAllTextAsync(models, JsonSerializer.Serialize(new { models = new[] { model } }));
        Gateway = await GatewayProcess.StartAsync($"--Models={models}");
        await Gateway.WaitUntilReadyAsync();
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
