using System.Net;
using System.Text.Json;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>One gateway with two models for all tests that leave it as they found it.</summary>
public sealed class RoutingFixture : IAsyncLifetime
{
    internal ModelsFolder Models { get; } = new(("alpha", 2), ("beta", 1));

    internal GatewayProcess Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Gateway = await GatewayProcess.StartAsync(Models.Arguments("--Gateway:MaxRequestBodyBytes=4096"));
        await Gateway.WaitUntilReadyAsync();
        await Gateway.WaitForWorkersAsync("alpha", 2);
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Models.Dispose();
    }
}

public sealed class RoutingTests(RoutingFixture fixture) : IClassFixture<RoutingFixture>
{
    private readonly GatewayProcess _gateway = fixture.Gateway;

    [Theory]
    [InlineData("alpha", "alpha", "/v1/chat/completions")]
    [InlineData("beta", "beta", "/v1/completions")]
    [InlineData("beta-alias", "beta", "/v1/chat/completions")]
    public async Task Post_Model_ReachesItsWorkerWithTheBodyUnchanged(string model, string worker, string path)
    {
        var body = $$"""{ "x": [1.50, "\u0041"],  "model": "{{model}}" }""";

        using var response = await _gateway.PostAsync(body, path);

        var answer = await ReadAsync(response);
        Assert.Equal(worker, answer.GetProperty("name").GetString());
        Assert.Equal(path, answer.GetProperty("path").GetString());
        Assert.Equal(body, answer.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Post_ManyAtOnce_UsesBothWorkersOfTheModel()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            using var response = await _gateway.PostAsync("""{"model":"alpha"}""");
            return (await ReadAsync(response)).GetProperty("pid").GetInt32();
        }));

        Assert.Equal(2, answers.Distinct().Count());
    }

    [Theory]
    [InlineData("""{"model":"gamma"}""", 404, "model_not_found", "model", "alpha, beta")]
    [InlineData("""{"model":1}""", 400, "invalid_value", "model", "must be a string")]
    [InlineData("""{}""", 400, "invalid_value", "model", "is missing")]
    [InlineData("""{"model":"alpha",""", 400, "invalid_json", null, "not valid JSON")]
    public async Task Post_WrongRequest_IsRefusedInOpenAIsShape(string body, int status, string code, string? param, string message)
    {
        using var response = await _gateway.PostAsync(body);

        await AssertErrorAsync(response, status, code, param, message);
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_Is413()
    {
        using var response = await _gateway.PostAsync($$"""{"model":"alpha","x":"{{new string('x', 5_000)}}"}""");

        await AssertErrorAsync(response, 413, "body_too_large", null, "4096");
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", 404, "path_not_found")]
    [InlineData("POST", "/admin", 404, "path_not_found")]
    [InlineData("GET", "/v1/chat/completions", 405, "method_not_allowed")]
    [InlineData("DELETE", "/v1/models", 405, "method_not_allowed")]
    [InlineData("GET", "/v1/models/gamma", 404, "model_not_found")]
    public async Task Send_WrongPathOrMethod_IsRefusedInOpenAIsShape(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _gateway.Client.SendAsync(request);

        await AssertErrorAsync(response, status, code, code == "model_not_found" ? "model" : null, "");
    }

    [Fact]
    public async Task Get_Models_ListsNamesAndAliases()
    {
        using var response = await _gateway.Client.GetAsync(new Uri("/v1/models", UriKind.Relative));

        var ids = (await ReadAsync(response)).GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString());
        Assert.Equal(["alpha", "alpha-alias", "beta", "beta-alias"], ids);
    }

    [Fact]
    public async Task Post_RequestId_IsPassedOnAndReturnedOnce()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"beta"}""") };
        request.Headers.Add("x-request-id", "my-id");
        using var response = await _gateway.Client.SendAsync(request);

        Assert.Equal(["my-id"], response.Headers.GetValues("x-request-id"));
        Assert.Equal("my-id", (await ReadAsync(response)).GetProperty("requestId").GetString());
    }

    [Fact]
    public async Task Post_Stream_FirstEventArrivesBeforeTheLastIsMade()
    {
        using var abort = new CancellationTokenSource();
        using var response = await _gateway.PostAsync("""{"model":"beta","prompt":"stream endless"}""", cancellationToken: abort.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(abort.Token));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("data: {\"index\":0}", await reader.ReadLineAsync(abort.Token));
        await abort.CancelAsync();
    }

    [Fact]
    public async Task Post_ClientGone_WorkerSeesTheAbort()
    {
        using var abort = new CancellationTokenSource();
        var request = _gateway.PostAsync("""{"model":"beta","prompt":"wait-for-abort"}""", cancellationToken: abort.Token);
        await _gateway.WaitUntilAsync(() => Task.FromResult(fixture.Models.Has("beta", "arrived")));
        await abort.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await _gateway.WaitUntilAsync(() => Task.FromResult(fixture.Models.Has("beta", "aborted")));
    }

    [Fact]
    public async Task Get_Metrics_HoldsTheGatewaysAndTheWorkers()
    {
        var text = await _gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Contains("inferserve_worker_up{model=\"alpha\",worker=\"alpha-1\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("inferserve_models_ready 2\n", text, StringComparison.Ordinal);
        Assert.Contains("stand_in_up{worker=\"alpha-0\",model=\"m\"} 1\nstand_in_up{worker=\"alpha-1\",model=\"m\"} 1\nstand_in_up{worker=\"beta-0\"", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), line => line.StartsWith("# TYPE stand_in_up ", StringComparison.Ordinal));
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return body.RootElement.Clone();
    }

    private static async Task AssertErrorAsync(HttpResponseMessage response, int status, string code, string? param, string message)
    {
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        var error = (await ReadAsync(response)).GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
