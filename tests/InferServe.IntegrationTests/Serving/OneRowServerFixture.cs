using System.Text.Json;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Serving;

/// <summary>
/// A server whose embedded model makes one answer at a time and has room for the answers to one request: <see cref="Places"/> of them, which take
/// long enough, one behind the other, for a test to act meanwhile.
/// </summary>
public sealed class OneRowServerFixture : IAsyncLifetime
{
    /// <summary>Answers that run or wait at the same time, the <c>n</c> of a request that leaves no room for another like it.</summary>
    public const int Places = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("one-row-").FullName;

    internal GatewayProcess Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        string models = Path.Combine(_folder, "models.json");
        string path = Path.Combine(Programs.Root, "models", ServerFixture.Model);
        var model = new { name = ServerFixture.Model, path, maxSequences = 1, queueLimit = Places - 1 };
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
