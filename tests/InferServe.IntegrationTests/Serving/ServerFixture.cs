using System.ClientModel;
using InferServe.IntegrationTests.Gateway;
using OpenAI;
using OpenAI.Chat;

namespace InferServe.IntegrationTests.Serving;

/// <summary>One server with the registry of the repository, i.e. the embedded model, shared by the tests of a class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    /// <summary>The name of the embedded model.</summary>
    public const string Model = "inferserve-nano";

    internal GatewayProcess Gateway { get; private set; } = null!;

    /// <summary>The official client; it does not retry, so that a test sees every error.</summary>
    internal ChatClient Chat => ChatOf(Model);

    public async Task InitializeAsync()
    {
        Gateway = await GatewayProcess.StartAsync($"--Models={Path.Combine(Programs.Root, "models.json")}");
        await Gateway.WaitUntilReadyAsync();
    }

    public async Task DisposeAsync() => await Gateway.DisposeAsync();

    internal ChatClient ChatOf(string model) => new(model, new ApiKeyCredential("not-needed"), new OpenAIClientOptions
    {
        Endpoint = new Uri(Gateway.Client.BaseAddress!, "/v1"),
        RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0),
    });
}
