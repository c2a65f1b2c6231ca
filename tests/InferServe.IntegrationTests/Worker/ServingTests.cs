using System.Net;
using System.Text;
using System.Text.Json;

namespace InferServe.IntegrationTests.Worker;

/// <summary>A worker alone answers requests.</summary>
public sealed class ServingTests(ServingTests.ReadyWorker worker) : IClassFixture<ServingTests.ReadyWorker>
{
    private WorkerUnderTest Worker => worker.Process;

    [Fact]
    public async Task Chat_Whole_IsTheFoldOfTheStream()
    {
        using var whole = await Worker.PostAsync(Requests.Chat("Hello!", ",\"max_tokens\":24"));
        using var document = JsonDocument.Parse(await whole.Content.ReadAsStringAsync());
        var choice = document.RootElement.GetProperty("choices")[0];
        var events = await StreamAsync(Requests.Chat("Hello!", ",\"max_tokens\":24,\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        Assert.Equal("[DONE]", events[^1]);
        var chunks = events.SkipLast(1).Select(data => JsonDocument.Parse(data).RootElement).ToList();
        var choices = chunks.SkipLast(1).Select(chunk => chunk.GetProperty("choices")[0]).ToList();
        var text = string.Concat(choices.Select(part => part.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : null));
        Assert.Equal(choice.GetProperty("message").GetProperty("content").GetString(), text);
        Assert.Equal(choice.GetProperty("finish_reason").GetString(), choices[^1].GetProperty("finish_reason").GetString());
        Assert.All(choices.SkipLast(1), part => Assert.Equal(JsonValueKind.Null, part.GetProperty("finish_reason").ValueKind));
        Assert.Equal(document.RootElement.GetProperty("usage").GetRawText(), chunks[^1].GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task Completion_Stream_FirstEventComesBeforeTheLastTokenIsGenerated()
    {
        var before = await Worker.MetricAsync("request_duration_seconds_count");
        using var stream = new EventStream(await Worker.PostAsync(Requests.Long, "/v1/completions"));

        Assert.NotNull(await stream.NextAsync());

        Assert.Equal(before, await Worker.MetricAsync("request_duration_seconds_count"));
    }

    [Fact]
    public async Task Completion_StopString_EndsBeforeIt()
    {
        const string Body = """{"model":"inferserve-nano","prompt":"The capital of France is","max_tokens":30,"ignore_eos":true,"temperature":0""";
        var free = await TextAsync(Body + "}");
        var stop = free.Substring(free.Length / 2, 3);

        var stopped = await TextAsync($"{Body},\"stop\":{JsonSerializer.Serialize(stop)}}}");

        Assert.Equal(free[..free.IndexOf(stop, StringComparison.Ordinal)], stopped);
    }

    [Fact]
    public async Task Completion_TokenIds_AreAPrompt()
    {
        using var response = await Worker.PostAsync(
            """{"model":"inferserve-nano","prompt":[5,6,7],"max_tokens":2,"ignore_eos":true}""", "/v1/completions");

        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.StartsWith(
            """{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5,""", document.RootElement.GetProperty("usage").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_ClientLeaves_RowIsFree()
    {
        var before = await Worker.MetricAsync("requests_total", "cancelled");
        using (var stream = new EventStream(await Worker.PostAsync(Requests.LongMany, "/v1/completions")))
        {
            await stream.NextAsync();
        }

        await Worker.WaitUntilAsync(async () => await Worker.MetricAsync("requests_running") == 0);
        await Worker.WaitUntilAsync(async () => await Worker.MetricAsync("requests_total", "cancelled") >= before + (Requests.Many / 2));
    }

    [Theory]
    [InlineData("{", 400, "invalid_json", null)]
    [InlineData("""{"model":"inferserve-nano","messages":[{"role":"user","content":"x"}],"temperature":9}""", 400, "invalid_value", "temperature")]
    [InlineData("""{"model":"inferserve-nano","messages":[{"role":"user","content":"x"}],"functions":[]}""", 400, "not_supported", "functions")]
    [InlineData("""{"model":"other","messages":[{"role":"user","content":"x"}]}""", 404, "model_not_found", "model")]
    public async Task Chat_WrongRequest_IsRefusedInOpenAIsShape(string body, int status, string code, string? param)
    {
        var (actual, error) = await Worker.ErrorAsync(body);

        Assert.Equal((status, code, param), (actual, error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
    }

    [Fact]
    public async Task Chat_PromptLongerThanTheContext_NamesBothNumbers()
    {
        var (status, error) = await Worker.ErrorAsync(Requests.Chat(new StringBuilder().Insert(0, "word ", 5000).ToString()));

        Assert.Equal((400, "context_length_exceeded"), (status, error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Chat_BodyAboveTheLimit_Is413()
    {
        var (status, error) = await Worker.ErrorAsync(Requests.Chat(new string('x', 5 << 20)));

        Assert.Equal((413, "body_too_large"), (status, error.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("/v1/chat/completions", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/v1/models/other", HttpStatusCode.NotFound)]
    public async Task Get_WrongPathOrMethod_IsRefusedInOpenAIsShape(string path, HttpStatusCode expected)
    {
        using var response = await Worker.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(expected, response.StatusCode);
        WorkerUnderTest.ErrorOf(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Chat_AnyRequest_EchoesItsIdAndNamesWhatIsIgnored()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Headers.Add("x-request-id", "my-id");
        request.Content = new StringContent(Requests.Chat("Hi", ",\"max_tokens\":1,\"novelty\":1,\"store\":true"));

        using var response = await Worker.Client.SendAsync(request);

        Assert.Equal("my-id", Assert.Single(response.Headers.GetValues("x-request-id")));
        Assert.Equal("novelty, store", Assert.Single(response.Headers.GetValues("x-inferserve-ignored")));
    }

    [Fact]
    public async Task Models_List_NamesTheModelAndItsContext()
    {
        using var document = JsonDocument.Parse(await Worker.Client.GetStringAsync(new Uri("/v1/models", UriKind.Relative)));

        var model = Assert.Single(document.RootElement.GetProperty("data").EnumerateArray());
        Assert.Equal(WorkerUnderTest.Model, model.GetProperty("id").GetString());
        Assert.True(model.GetProperty("max_model_len").GetInt32() > 0);
    }

    private async Task<List<string>> StreamAsync(string body)
    {
        using var stream = new EventStream(await Worker.PostAsync(body));
        return await stream.RestAsync();
    }

    private async Task<string> TextAsync(string body)
    {
        using var response = await Worker.PostAsync(body, "/v1/completions");
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("choices")[0].GetProperty("text").GetString()!;
    }

    /// <summary>One worker for all tests of the class.</summary>
    public sealed class ReadyWorker : IAsyncLifetime
    {
        internal WorkerUnderTest Process { get; private set; } = null!;

        /// <summary>With a row for each answer of a long stream, so that all of them end together and late.</summary>
        public async Task InitializeAsync() => Process = await WorkerUnderTest.StartReadyAsync($"--Worker:MaxSequences={Requests.Answers}");

        public async Task DisposeAsync() => await Process.DisposeAsync();
    }
}
