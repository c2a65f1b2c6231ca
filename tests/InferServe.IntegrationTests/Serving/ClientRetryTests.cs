using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using OpenAI;
using OpenAI.Chat;

namespace InferServe.IntegrationTests.Serving;

/// <summary>What the official package does by itself when the server says "later": it waits as long as told and asks again.</summary>
public sealed class ClientRetryTests : IAsyncLifetime
{
    private const string LongRequest = """
        {"model":"inferserve-nano","prompt":"Hello","stream":true,"max_tokens":1900,"temperature":2,"seed":3,"ignore_eos":true,"n":8}
        """;

    private static readonly ChatMessage[] Messages = [new UserChatMessage("Hello!")];

    private readonly OneRowServerFixture _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task QueueFull_WithoutRetriesAnError_WithThemAnAnswer()
    {
        HttpResponseMessage kept = await _server.Gateway.PostAsync(LongRequest, "/v1/completions");
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);

        ClientResultException refused = await Assert.ThrowsAsync<ClientResultException>(() => Client(retries: 0).CompleteChatAsync(Messages, Options(tokens: 5)));
        Task<ClientResult<ChatCompletion>> retried = Client(retries: 20).CompleteChatAsync(Messages, Options(tokens: 5));
        kept.Dispose();

        Assert.Equal(429, refused.Status);
        Assert.True(refused.GetRawResponse()!.Headers.TryGetValue("retry-after", out string? pause) && int.Parse(pause!, System.Globalization.CultureInfo.InvariantCulture) >= 1);
        Assert.NotEmpty((await retried).Value.Content[0].Text);
    }

    [Fact]
    public async Task WorkerLost_WithRetries_IsAnsweredByTheNextWorker()
    {
        int worker = Assert.Single(_server.Gateway.WorkerIds());
        System.Diagnostics.Process.GetProcessById(worker).Kill();

        ChatCompletion answer = await Client(retries: 20).CompleteChatAsync("Hello!");

        Assert.NotEmpty(answer.Content[0].Text);
        Assert.DoesNotContain(worker, _server.Gateway.WorkerIds());
    }

    [Fact]
    public async Task Cancelled_Call_FreesItsRow()
    {
        using var left = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (StreamingChatCompletionUpdate _ in Client(retries: 0).CompleteChatStreamingAsync(Messages, Options(tokens: 1900), left.Token))
            {
                await left.CancelAsync();
            }
        });

        // All places are free again: a request for as many answers is taken only then.
        await _server.Gateway.WaitUntilAsync(async () =>
        {
            using HttpResponseMessage answer = await _server.Gateway.PostAsync("""{"model":"inferserve-nano","prompt":"Hello","max_tokens":1,"n":8}""", "/v1/completions");
            return answer.StatusCode == HttpStatusCode.OK;
        });

        // They did not become free by the end of the answers: those that waited for the row have been given up.
        Assert.InRange(await _server.Gateway.EndedAsync("cancelled"), 1, OneRowServerFixture.Places);
    }

    /// <summary>As many answers as the server has places, of as many tokens each.</summary>
    private static ChatCompletionOptions Options(int tokens)
    {
        var options = new ChatCompletionOptions { MaxOutputTokenCount = tokens };
#pragma warning disable SCME0001 // The package marks additional properties as subject to change.
        options.Patch.Set("$.n"u8, OneRowServerFixture.Places);
        options.Patch.Set("$.ignore_eos"u8, true);
#pragma warning restore SCME0001
        return options;
    }

    private ChatClient Client(int retries) => new(ServerFixture.Model, new ApiKeyCredential("not-needed"), new OpenAIClientOptions
    {
        Endpoint = new Uri(_server.Gateway.Client.BaseAddress!, "/v1"),
        RetryPolicy = new ClientRetryPolicy(retries),
    });
}
