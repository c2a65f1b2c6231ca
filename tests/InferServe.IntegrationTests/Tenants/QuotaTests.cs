using System.Net;
using InferServe.Gateway.Usage;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Tenants;

/// <summary>How much is let in, and that it is remembered. The stand-in worker reports 10 prompt tokens and 5 of answer.</summary>
public sealed class QuotaTests
{
    private static readonly string[] ExpectedMetrics =
    [
        "inferserve_key_requests_total{key=\"team-a\",model=\"alpha\"} 1\n",
        "inferserve_key_prompt_tokens_total{key=\"team-a\",model=\"alpha\"} 10\n",
        "inferserve_key_prompt_tokens_cached_total{key=\"team-a\",model=\"alpha\"} 4\n",
        "inferserve_key_generation_tokens_total{key=\"team-a\",model=\"alpha\"} 5\n",
        "inferserve_rejected_total{reason=\"rate_limit_exceeded\"} 1\n",
        "inferserve_rejected_total{reason=\"invalid_api_key\"} 1\n",
    ];

    [Fact]
    public async Task Requests_SixtyFourClientsAtOnce_ExactlyTheQuotaGetsIn()
    {
        using var models = new ModelsFolder("alpha");
        var keys = new Keys(models);
        var key = keys.Add("team-a", new { requestsPerMinute = 200 });
        var other = keys.Add("team-b", new { requestsPerMinute = 200 });
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments());
        await gateway.WaitUntilReadyAsync();

        // The quota of a minute: what the first second let in counts until the sixty-first, so the work must end before that.
        var statuses = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            var seen = new List<HttpStatusCode>();
            for (var index = 0; index < 8; index++)
            {
                using var response = await gateway.SendAsync(key);
                seen.Add(response.StatusCode);
            }

            return seen;
        }));
        using var refused = await gateway.SendAsync(key);
        using var another = await gateway.SendAsync(other);

        var counts = statuses.SelectMany(seen => seen).CountBy(status => status).ToDictionary();
        Assert.Equal((200, 312), (counts[HttpStatusCode.OK], counts[HttpStatusCode.TooManyRequests]));
        Assert.Equal("rate_limit_exceeded", await refused.ErrorCodeAsync());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 61);
        Assert.Equal(("200", "0"), (refused.Header("x-ratelimit-limit-requests"), refused.Header("x-ratelimit-remaining-requests")));
        Assert.Equal(HttpStatusCode.OK, another.StatusCode);
        Assert.Equal("199", another.Header("x-ratelimit-remaining-requests"));
    }

    [Fact]
    public async Task Tokens_OfWholeAndStreamedAnswers_AreCharged()
    {
        using var models = new ModelsFolder("alpha");
        var keys = new Keys(models);
        var key = keys.Add("team-a", new { tokensPerMinute = 100 });
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments());
        await gateway.WaitUntilReadyAsync();

        using var whole = await gateway.SendAsync(key, """{"model":"alpha","max_tokens":1}""");
        await whole.Content.ReadAsStringAsync();
        using var streamed = await gateway.SendAsync(key, """{"model":"alpha","prompt":"stream","max_tokens":1}""");
        var events = await streamed.Content.ReadAsStringAsync();
        await gateway.WaitUntilAsync(async () =>
        {
            // Refused, because it expects more than is left: 100, less 15 of the whole answer and 20 of the streamed one.
            using var probe = await gateway.SendAsync(key, """{"model":"alpha","max_tokens":9000}""");
            return probe.StatusCode == HttpStatusCode.TooManyRequests && probe.Header("x-ratelimit-remaining-tokens") == "65";
        });

        Assert.DoesNotContain("usage", events, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", events, StringComparison.Ordinal);
        Assert.Equal("100", streamed.Header("x-ratelimit-limit-tokens"));
    }

    [Fact]
    public async Task Tokens_OfRequestsThatNoWorkerSaw_AreNotCharged()
    {
        using var models = new ModelsFolder("alpha");
        models.Put("alpha", "loading");
        var keys = new Keys(models);
        var key = keys.Add("team-a", new { tokensPerMinute = 1000 });
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments());
        const string Request = """{"model":"alpha","max_tokens":900}""";
        for (var attempt = 0; attempt < 2; attempt++)
        {
            // What the attempt before might have used is set aside until the gateway sees that its client has gone.
            await gateway.WaitUntilAsync(() => GivesUpAsync(gateway, key, Request));
        }

        models.Remove("alpha", "loading");
        await gateway.WaitUntilReadyAsync();
        await gateway.WaitUntilAsync(async () =>
        {
            using var answer = await gateway.SendAsync(key, Request);
            return answer.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Concurrent_OneMoreThanAllowed_Is429UntilOneEnds()
    {
        using var models = new ModelsFolder("alpha");
        var keys = new Keys(models);
        var key = keys.Add("team-a", new { concurrentRequests = 1 });
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments());
        await gateway.WaitUntilReadyAsync();
        using var leave = new CancellationTokenSource();
        var waiting = gateway.SendAsync(key, """{"model":"alpha","prompt":"wait-for-abort"}""", cancellationToken: leave.Token);
        await gateway.WaitUntilAsync(() => Task.FromResult(models.Has("alpha", "arrived")));

        using var refused = await gateway.SendAsync(key);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        await gateway.WaitUntilAsync(async () =>
        {
            using var response = await gateway.SendAsync(key);
            return response.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Gateway_KilledAndStartedAgain_KnowsUsageAndQuotas()
    {
        using var models = new ModelsFolder("alpha");
        var keys = new Keys(models);
        var key = keys.Add("team-a", new { requestsPerMinute = 10 });
        await using (var first = await GatewayProcess.StartAsync(keys.Arguments()))
        {
            await first.WaitUntilReadyAsync();
            for (var index = 0; index < 8; index++)
            {
                using var response = await first.SendAsync(key);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }

            await first.WaitUntilAsync(() => Task.FromResult(Usage(keys).Sum(row => row.Requests) == 8));
            first.Kill();
            await first.WaitForExitAsync();
        }

        await using var second = await GatewayProcess.StartAsync(keys.Arguments());
        await second.WaitUntilReadyAsync();
        var statuses = new List<HttpStatusCode>();
        for (var index = 0; index < 3; index++)
        {
            using var response = await second.SendAsync(key);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
        await second.WaitUntilAsync(() => Task.FromResult(Usage(keys).Sum(row => row.Requests) == 10));

        // One row, or two when a day ends meanwhile.
        var usage = Usage(keys);
        Assert.All(usage, row => Assert.Equal(("team-a", "alpha"), (row.Key, row.Model)));
        Assert.Equal((100, 40, 50), (usage.Sum(row => row.PromptTokens), usage.Sum(row => row.CachedTokens), usage.Sum(row => row.GenerationTokens)));
    }

    [Fact]
    public async Task Metrics_Usage_IsThereByKey()
    {
        using var models = new ModelsFolder("alpha");
        var keys = new Keys(models);
        var key = keys.Add("team-a", new { requestsPerMinute = 1 });
        await using var gateway = await GatewayProcess.StartAsync(keys.Arguments());
        await gateway.WaitUntilReadyAsync();
        using var answered = await gateway.SendAsync(key);
        using var refused = await gateway.SendAsync(key);
        using var stranger = await gateway.SendAsync("nobody");

        await gateway.WaitUntilAsync(async () =>
        {
            var metrics = await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            return ExpectedMetrics.All(line => metrics.Contains(line, StringComparison.Ordinal));
        });
    }

    private static IReadOnlyList<UsageRow> Usage(Keys keys)
    {
        using var store = new UsageStore(keys.UsageFile);
        return store.Read("2000-01-01", "2999-01-01", null, null, 100);
    }

    /// <summary>Sends a request and leaves before the answer; false when there is one, a refusal.</summary>
    private static async Task<bool> GivesUpAsync(GatewayProcess gateway, string key, string request)
    {
        using var impatience = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        try
        {
            using var refused = await gateway.SendAsync(key, request, cancellationToken: impatience.Token);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
