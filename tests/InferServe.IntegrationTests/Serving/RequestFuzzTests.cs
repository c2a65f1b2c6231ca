using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using InferServe.IntegrationTests.Serving.Fuzzing;
using Xunit.Abstractions;

namespace InferServe.IntegrationTests.Serving;

/// <summary>
/// Broken and strange request bodies against the whole server: an answer or a 4xx in OpenAI's shape, never a 5xx, never a hang, and the same
/// worker serves afterwards. <c>INFERSERVE_FUZZ_ROUNDS</c> sets the number of bodies for each path, <c>INFERSERVE_FUZZ_SEED</c> the first seed.
/// </summary>
public sealed class RequestFuzzTests(ServerFixture server, ITestOutputHelper output) : IClassFixture<ServerFixture>
{
    private const int Batch = 50;
    private const int AtOnce = 8;

    /// <summary>What counts as a hang; far above the longest generation on a slow machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly int Rounds = Setting("INFERSERVE_FUZZ_ROUNDS", 200);
    private static readonly int FirstSeed = Setting("INFERSERVE_FUZZ_SEED", 1);

    public static TheoryData<string> Paths => [.. FuzzSeeds.ByPath.Keys];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Post_ChangedBody_IsAnsweredOrRefused(string path)
    {
        int worker = Assert.Single(server.Gateway.WorkerIds());
        using var atOnce = new SemaphoreSlim(AtOnce);
        string[] seeds = FuzzSeeds.ByPath[path];
        var statuses = new ConcurrentDictionary<int, int>();
        for (int done = 0; done < Rounds; done += Batch)
        {
            await Task.WhenAll(Enumerable.Range(FirstSeed + done, Math.Min(Batch, Rounds - done)).Select(async seed =>
            {
                var random = new Random(seed);
                byte[] body = new RequestMutator(random).Change(seeds[random.Next(seeds.Length)]);
                await atOnce.WaitAsync();
                try
                {
                    statuses.AddOrUpdate(await PostAsync(path, body, seed), 1, (_, count) => count + 1);
                }
                finally
                {
                    atOnce.Release();
                }
            }));
        }

        output.WriteLine($"{path}: {string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} x {pair.Key}"))}");
        Assert.True(statuses.GetValueOrDefault(200) > Rounds / 20, "too few bodies reach the generation");
        Assert.Equal(worker, Assert.Single(server.Gateway.WorkerIds()));
        using HttpResponseMessage answer = await server.Gateway.PostAsync(FuzzSeeds.ByPath["/v1/completions"][0], "/v1/completions");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<int> PostAsync(string path, byte[] body, int seed)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var impatience = new CancellationTokenSource(Patience);
        using HttpResponseMessage response = await server.Gateway.Client.PostAsync(new Uri(path, UriKind.Relative), content, impatience.Token);
        string text = await response.Content.ReadAsStringAsync(impatience.Token);

        string what = $"seed {seed}: {(int)response.StatusCode} {text} for {Encoding.UTF8.GetString(body)}";
        Assert.True((int)response.StatusCode is 200 or (>= 400 and < 500), what);
        if (!response.IsSuccessStatusCode)
        {
            using JsonDocument error = JsonDocument.Parse(text);
            Assert.Equal(["message", "type", "param", "code"], error.RootElement.GetProperty("error").EnumerateObject().Select(member => member.Name));
        }
        else if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            Assert.True(text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) && !text.Contains("data: {\"error\"", StringComparison.Ordinal), what);
        }
        else
        {
            using JsonDocument answer = JsonDocument.Parse(text);
            Assert.False(answer.RootElement.TryGetProperty("error", out _), what);
        }

        return (int)response.StatusCode;
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), System.Globalization.CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
