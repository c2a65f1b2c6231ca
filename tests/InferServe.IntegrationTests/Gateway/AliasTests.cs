using System.Net;
using System.Text.Json;
using InferServe.IntegrationTests.Worker;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>Names that stand for a model, or for one of its adapters.</summary>
public sealed class AliasTests
{
    private const string Chat = """{"model":"chat"}""";

    [Fact]
    public async Task Alias_MovedToAnotherModel_CountsAtOnceAndNoWorkerIsReplaced()
    {
        using var models = new ModelsFolder("alpha", "beta");
        models.Write(File(ofAlpha: ["chat"], ofBeta: []));
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();
        var workers = gateway.WorkerIds().Order().ToList();
        Assert.Equal("alpha", await ServedAsync(gateway));

        models.Write(File(ofAlpha: [], ofBeta: ["chat"]));

        await gateway.WaitUntilAsync(async () => await ServedAsync(gateway) == "beta");
        Assert.Equal(workers, gateway.WorkerIds().Order());
    }

    [Fact]
    public async Task Adapter_AddedWhileTheModelServes_WaitsForAWorkerThatHasIt()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();
        var old = Assert.Single(gateway.WorkerIds());
        models.Put("alpha", "loading");
        AddAdapter(models);
        await gateway.WaitUntilAsync(() => Task.FromResult(gateway.WorkerIds().Count == 2));

        var adapted = gateway.PostAsync("""{"model":"extra"}""");
        using var plain = await gateway.PostAsync("""{"model":"alpha"}""");
        Assert.Contains($"\"pid\":{old},", await plain.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(adapted.IsCompleted);
        models.Remove("alpha", "loading");

        using var answer = await adapted;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain($"\"pid\":{old},", text, StringComparison.Ordinal);
        Assert.Contains("\"x-inferserve-model\":\"extra\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adapter_NoNewWorkerComesUp_IsRefusedWithItsReasonWhileTheModelServes()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Routing:LoadingWaitSeconds=3600"));
        await gateway.WaitUntilReadyAsync();
        models.Put("alpha", "refuse.txt", "the adapter does not fit");
        AddAdapter(models);
        await gateway.WaitForOutputAsync("the adapter does not fit");

        using var adapted = await gateway.PostAsync("""{"model":"extra"}""");
        using var plain = await gateway.PostAsync("""{"model":"alpha"}""");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (adapted.StatusCode, plain.StatusCode));
        Assert.Contains("the adapter does not fit", await adapted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_RequestWithTheGatewaysWord_IsAnsweredWhateverItCallsTheModel()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync();
        const string Request = """{"model":"chat","max_tokens":1,"messages":[{"role":"user","content":"Hello"}]}""";
        using var alone = await worker.PostAsync(Request);
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Request, null, "application/json") };
        message.Headers.Add("x-inferserve-model", WorkerUnderTest.Model);

        using var resolved = await worker.Client.SendAsync(message);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (alone.StatusCode, resolved.StatusCode));
    }

    private static void AddAdapter(ModelsFolder models)
    {
        models.Put("alpha", "extra.onnx_adapter");
        models.Write(new { models = new[] { new { name = "alpha", path = "alpha", adapters = new[] { new { name = "extra", path = "alpha/extra.onnx_adapter" } } } } });
    }

    /// <summary>The model that the worker is told to answer with; a client's own word does not count.</summary>
    private static async Task<string?> ServedAsync(GatewayProcess gateway)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Chat, null, "application/json") };
        message.Headers.Add("x-inferserve-model", "other");
        using var response = await gateway.Client.SendAsync(message);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(body.RootElement.GetProperty("name").GetString(), body.RootElement.GetProperty("headers").GetProperty("x-inferserve-model").GetString());
        return body.RootElement.GetProperty("name").GetString();
    }

    private static object File(string[] ofAlpha, string[] ofBeta) => new
    {
        models = new[] { new { name = "alpha", path = "alpha", aliases = ofAlpha }, new { name = "beta", path = "beta", aliases = ofBeta } },
    };
}
