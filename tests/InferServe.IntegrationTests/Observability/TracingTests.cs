using System.Net;
using InferServe.IntegrationTests.Gateway;
using InferServe.IntegrationTests.Serving;
using InferServe.IntegrationTests.Tenants;

namespace InferServe.IntegrationTests.Observability;

/// <summary>Spans of the gateway and of a real worker, as a collector gets them.</summary>
public sealed class TracingTests
{
    private const string Marker = "the-secret-of-the-prompt";
    private const int Server = 2;

    [Theory]
    [InlineData(false, "http/protobuf")]
    [InlineData(true, "http/protobuf")]
    [InlineData(true, "grpc")]
    public async Task Request_WithATrace_IsContinuedThroughGatewayWorkerAndPhases(bool stream, string protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync(protocol);
        await using var gateway = await GatewayProcess.StartAsync(receiver.Variables, $"--Models={Path.Combine(Programs.Root, "models.json")}");
        await gateway.WaitUntilReadyAsync();
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        request.Headers.Add("x-request-id", "traced-1");
        request.Content = new StringContent(
            $$"""
            {"model":"{{ServerFixture.Model}}","n":2,"max_tokens":6,"temperature":0.5,"seed":3,"stream":{{(stream ? "true" : "false")}},
             "messages":[{"role":"user","content":"{{Marker}}"}]}
            """);

        using var response = await gateway.Client.SendAsync(request);
        await response.Content.ReadAsStringAsync();
        await gateway.WaitUntilAsync(() => Task.FromResult(receiver.Spans.Count >= 8));
        var spans = receiver.Spans;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(8, spans.Count);
        Assert.All(spans, span => Assert.Equal(Trace, span.TraceId));
        var door = Assert.Single(spans, span => span.Service == "inferserve-gateway");
        Assert.Equal(($"chat {ServerFixture.Model}", "b7ad6b7169203331", Server), (door.Name, door.ParentId, door.Kind));
        var whole = Assert.Single(spans, span => span.Name == $"generate {ServerFixture.Model}");
        Assert.Equal(("inferserve-worker", door.SpanId, Server), (whole.Service, whole.ParentId, whole.Kind));
        Assert.Equal(["decode", "decode", "prefill", "prefill", "queue", "queue"], spans.Where(span => span.ParentId == whole.SpanId).Select(span => span.Name).Order());

        AssertPhasesFollow(spans, whole);
        AssertAttributes(door, whole);
        Assert.DoesNotContain(Marker, string.Join('\n', spans.SelectMany(span => span.Attributes.Values)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_Refused_IsASpanWithItsStatus()
    {
        using var models = new ModelsFolder("alpha");
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var gateway = await GatewayProcess.StartAsync(receiver.Variables, models.Arguments());
        await gateway.WaitUntilReadyAsync();

        using var response = await gateway.SendAsync(key: null, """{"model":"gamma"}""");
        using var health = await gateway.SendAsync(key: null, body: null, path: "/health/live");
        await gateway.WaitUntilAsync(() => Task.FromResult(receiver.Spans.Count > 0));

        var span = Assert.Single(receiver.Spans);
        Assert.Equal(("chat", "404", "404", ""), (span.Name, span.Attributes["http.response.status_code"], span.Attributes["error.type"], span.ParentId));
    }

    [Fact]
    public async Task Request_NobodyCollects_TheTraceOfTheClientReachesTheWorkerUnchanged()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"alpha"}""") };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", "vendor=value");

        using var response = await gateway.Client.SendAsync(request);

        var seen = (await response.JsonAsync()).GetProperty("headers");
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", seen.GetProperty("traceparent").GetString());
        Assert.Equal("vendor=value", seen.GetProperty("tracestate").GetString());
    }

    /// <summary>Queue, prefill and decode of each sample, one behind the other.</summary>
    private static void AssertPhasesFollow(IReadOnlyList<ReceivedSpan> spans, ReceivedSpan whole)
    {
        foreach (var sample in spans.Where(span => span.ParentId == whole.SpanId).GroupBy(span => span.Attributes["inferserve.sample"]))
        {
            var phases = sample.OrderBy(span => span.Start).ThenBy(span => span.End).ToList();
            Assert.Equal(["queue", "prefill", "decode"], phases.Select(span => span.Name));
            Assert.All(phases, span => Assert.True(span.End >= span.Start));
            Assert.Equal((phases[0].End, phases[1].End), (phases[1].Start, phases[2].Start));
        }
    }

    private static void AssertAttributes(ReceivedSpan door, ReceivedSpan whole)
    {
        Assert.All([door, whole], span =>
        {
            Assert.Equal(("chat", "inferserve", ServerFixture.Model, "traced-1"), (span.Attributes["gen_ai.operation.name"],
                span.Attributes["gen_ai.provider.name"], span.Attributes["gen_ai.request.model"], span.Attributes["inferserve.request_id"]));
            Assert.Equal(door.Attributes["gen_ai.usage.input_tokens"], span.Attributes["gen_ai.usage.input_tokens"]);
            Assert.InRange(int.Parse(span.Attributes["gen_ai.usage.output_tokens"], System.Globalization.CultureInfo.InvariantCulture), 2, 12);
        });
        Assert.Equal("200", door.Attributes["http.response.status_code"]);
        Assert.Equal(("6", "0.5", "3", "2"), (whole.Attributes["gen_ai.request.max_tokens"], whole.Attributes["gen_ai.request.temperature"],
            whole.Attributes["gen_ai.request.seed"], whole.Attributes["gen_ai.request.choice.count"]));
        Assert.Matches("^(stop|length),(stop|length)$", whole.Attributes["gen_ai.response.finish_reasons"]);
        Assert.DoesNotContain("error.type", door.Attributes.Keys);
    }
}
