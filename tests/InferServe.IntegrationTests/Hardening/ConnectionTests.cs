using System.Globalization;
using System.Net;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Hardening;

/// <summary>A gateway with tight limits for all tests of slow and strange clients.</summary>
public sealed class TightLimitsFixture : IAsyncLifetime
{
    internal ModelsFolder Models { get; } = new("alpha");

    internal GatewayProcess Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Gateway = await GatewayProcess.StartAsync(Models.Arguments(
            "--Server:HeaderSeconds=2", "--Server:SlowSeconds=2", "--Server:RequestSeconds=3", "--Server:MaxHeaders=20",
            "--Server:MaxHeaderBytes=2048", "--Server:MaxRequestLineBytes=1024", "--Gateway:MaxRequestBodyBytes=4096"));
        await Gateway.WaitUntilReadyAsync();
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Models.Dispose();
    }
}

/// <summary>Clients that are slow, large or strange.</summary>
public sealed class ConnectionTests(TightLimitsFixture fixture) : IClassFixture<TightLimitsFixture>
{
    private const string Start = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n";

    private readonly GatewayProcess _gateway = fixture.Gateway;

    [Fact]
    public async Task HeadersThatNeverEnd_OnManyConnections_AreClosedWhileOthersAreServed()
    {
        var slow = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => RawClient.ConnectAsync(_gateway.Client.BaseAddress!)));
        await Task.WhenAll(slow.Select(client => client.SendAsync(Start + "X-Slow: a")));

        using var other = await _gateway.PostAsync("""{"model":"alpha"}""");
        var ends = await Task.WhenAll(slow.Select(client => client.ReadToEndAsync()));

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.All(ends, end => Assert.True(end.Length == 0 || end.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal), end));
        Array.ForEach(slow, client => client.Dispose());
    }

    /// <summary>Which of its two limits a body misses first depends on the server's clock ticks; each of them is the client's error.</summary>
    [Fact]
    public async Task BodyThatNeverComes_Is408AndClosed() => await RefuseUnsentBodyAsync(_gateway);

    [Theory]
    [InlineData(1.5, 60, "more slowly than 240 bytes per second")]
    [InlineData(60, 1, "did not arrive within the limit of 1 s")]
    public async Task BodyThatNeverComes_MessageNamesTheLimit(double slowSeconds, double requestSeconds, string limit)
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments(
            string.Create(CultureInfo.InvariantCulture, $"--Server:SlowSeconds={slowSeconds}"),
            string.Create(CultureInfo.InvariantCulture, $"--Server:RequestSeconds={requestSeconds}")));
        await gateway.WaitUntilReadyAsync();

        Assert.Contains(limit, await RefuseUnsentBodyAsync(gateway), StringComparison.Ordinal);
    }

    private static async Task<string> RefuseUnsentBodyAsync(GatewayProcess gateway)
    {
        using var client = await RawClient.ConnectAsync(gateway.Client.BaseAddress!);
        await client.SendAsync(Start + "Content-Length: 1000\r\nContent-Type: application/json\r\n\r\n{");

        var answer = await client.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"body_timeout\"", answer, StringComparison.Ordinal);
        return answer;
    }

    [Theory]
    [InlineData(431, 21, 5, 10)]
    [InlineData(431, 3, 900, 10)]
    [InlineData(414, 1, 5, 2000)]
    public async Task HeadersOverTheLimits_AreRefused(int status, int headers, int length, int pathLength)
    {
        using var client = await RawClient.ConnectAsync(_gateway.Client.BaseAddress!);
        var fields = string.Concat(Enumerable.Range(0, headers).Select(index => $"X-{index}: {new string('x', length)}\r\n"));
        await client.SendAsync($"GET /{new string('p', pathLength)} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 5000\r\n\r\n")]
    [InlineData("Content-Length: 99999999999\r\n\r\n")]
    public async Task BodyAnnouncedOverTheLimit_Is413BeforeItIsSent(string rest)
    {
        using var client = await RawClient.ConnectAsync(_gateway.Client.BaseAddress!);
        await client.SendAsync(Start + "Connection: close\r\nContent-Type: application/json\r\n" + rest);

        var answer = await client.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"body_too_large\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/9.9\r\n\r\n")]
    [InlineData("\0\0\0\0\r\n\r\n")]
    [InlineData("GET http:// HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")]
    public async Task Nonsense_IsRefusedAndTheGatewayGoesOn(string text)
    {
        using var client = await RawClient.ConnectAsync(_gateway.Client.BaseAddress!);
        await client.SendAsync(text);

        Assert.Matches("^HTTP/1.1 (400|505) ", await client.ReadToEndAsync());
        using var other = await _gateway.PostAsync("""{"model":"alpha"}""");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task MadeUpMethod_IsRefusedAndIsNoLabelOfTheMetrics()
    {
        using var client = await RawClient.ConnectAsync(_gateway.Client.BaseAddress!);
        await client.SendAsync("MADEUP1 /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 405 ", await client.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("MADEUP1", await _gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestOverItsTime_WithoutAnAnswer_Is504AndAbortedAtTheWorker()
    {
        using var response = await _gateway.PostAsync("""{"model":"alpha","prompt":"wait-for-abort"}""");

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Contains("longer than the limit of 3 s", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await _gateway.WaitUntilAsync(() => Task.FromResult(fixture.Models.Has("alpha", "aborted")));
    }

    [Fact]
    public async Task StreamOverItsTime_EndsWithAnErrorEventAndWithoutDone()
    {
        using var response = await _gateway.PostAsync("""{"model":"alpha","prompt":"stream endless"}""");

        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith("data: {\"index\":", events[0], StringComparison.Ordinal);
        Assert.Contains("\"code\":\"request_timeout\"", events[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("data: [DONE]", events);
    }

    [Fact]
    public async Task ConnectionsOverTheLimit_AreClosedUntilOthersEnd()
    {
        const int Limit = 8;
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments($"--Server:MaxConnections={Limit}"));
        await gateway.WaitUntilReadyAsync();
        var held = new List<RawClient>();
        string answer;
        do
        {
            held.Add(await RawClient.ConnectAsync(gateway.Client.BaseAddress!));
            await held[^1].SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            answer = await held[^1].ReadAsync();
        }
        while (answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal));

        // The test's own client may hold one connection, too.
        Assert.Equal("", answer);
        Assert.InRange(held.Count, Limit, Limit + 1);
        held.ForEach(client => client.Dispose());
        await gateway.WaitUntilAsync(async () =>
        {
            using var other = await RawClient.ConnectAsync(gateway.Client.BaseAddress!);
            await other.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return (await other.ReadToEndAsync()).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        });
    }
}
