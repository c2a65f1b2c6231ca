using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace InferServe.Benchmarks.GatewayOverhead;

/// <summary>
/// Measures what the gateway adds to a worker that answers at once: latency of requests one after another and throughput of many at a time,
/// for whole answers and streams, beside plain YARP and the worker alone. The servers take turns; a number is the median of its turns.
/// </summary>
internal sealed class OverheadBenchmark(OverheadOptions options, TextWriter output)
{
    private const string Key = "sk-a-key-for-the-benchmark-alone";

    private static readonly byte[] Whole = Body(stream: false);
    private static readonly byte[] Stream = Body(stream: true);

    public async Task RunAsync()
    {
        string self = Environment.ProcessPath!;
        string folder = Directory.CreateTempSubdirectory("overhead-").FullName;
        try
        {
            string socket = Path.Combine(folder, "worker.sock");
            string models = Path.Combine(folder, "models.json");
            await File.WriteAllTextAsync(models, JsonSerializer.Serialize(new { models = new[] { new { name = "stub", path = "." } } }));
            await using var direct = await ChildServer.StartAsync("worker alone", self, "stub-worker", "--urls=http://127.0.0.1:0");
            using var proxied = StartWorker(self, socket);
            await using var proxy = await ChildServer.StartAsync("plain YARP", self, "plain-proxy", "--urls=http://127.0.0.1:0", $"--socket={socket}");
            string[] settings = [$"--Models={models}", "--urls=http://127.0.0.1:0", $"--Supervision:WorkerPath={self}", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"];
            await using var open = await ChildServer.StartAsync("InferServe gateway", options.Gateway, settings);
            await using var keyed = await ChildServer.StartAsync(
                "the same with keys and usage", options.Gateway, [.. settings, $"--Tenants:ApiKey={Key}", $"--Usage:File={Path.Combine(folder, "usage.db")}"]);
            keyed.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
            await MeasureAsync([direct, proxy, open, keyed]);
            proxied.StandardInput.Close();
            await proxied.WaitForExitAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process StartWorker(string self, string socket) => Process.Start(
        new ProcessStartInfo(self, [$"--Worker:Socket={socket}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static byte[] Body(bool stream) => Encoding.UTF8.GetBytes(
        $$"""{"model":"stub","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"system","content":"You answer in a few words."},{"role":"user","content":"{{new string('x', 400)}}"}]}""");

    private async Task MeasureAsync(IReadOnlyList<ChildServer> servers)
    {
        await output.WriteLineAsync("| answer | server | latency, median ms | added ms | p99 ms | requests/s | of plain YARP |");
        await output.WriteLineAsync("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, body) in new[] { ("whole", Whole), ($"stream of {StubWorker.Events} events", Stream) })
        {
            var results = servers.ToDictionary(server => server, _ => new List<(double Median, double P99, double Rate)>());
            foreach (ChildServer server in servers)
            {
                // Code is compiled and connections are open before anything is counted.
                await ThroughputAsync(server.Client, body, TimeSpan.FromSeconds(Math.Min(2, options.Seconds)));
            }

            for (int round = 0; round < options.Rounds; round++)
            {
                foreach (ChildServer server in servers)
                {
                    var (median, p99) = await LatencyAsync(server.Client, body);
                    results[server].Add((median, p99, await ThroughputAsync(server.Client, body, TimeSpan.FromSeconds(options.Seconds))));
                }
            }

            double direct = Median(results[servers[0]], turn => turn.Median);
            double yarp = Median(results[servers[1]], turn => turn.Rate);
            foreach (ChildServer server in servers)
            {
                var turns = results[server];
                double latency = Median(turns, turn => turn.Median);
                double rate = Median(turns, turn => turn.Rate);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {server.Name} | {latency:F3} | {latency - direct:F3} | {Median(turns, turn => turn.P99):F3} | {rate:F0} | {rate / yarp:P0} |"));
            }
        }
    }

    private async Task<(double Median, double P99)> LatencyAsync(HttpClient client, byte[] body)
    {
        double[] times = new double[options.Requests];
        for (int index = 0; index < times.Length; index++)
        {
            long started = Stopwatch.GetTimestamp();
            await AskAsync(client, body);
            times[index] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[times.Length / 2], times[(int)(times.Length * 0.99)]);
    }

    private async Task<double> ThroughputAsync(HttpClient client, byte[] body, TimeSpan duration)
    {
        long started = Stopwatch.GetTimestamp();
        int[] counts = await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => Task.Run(async () =>
        {
            int count = 0;
            for (; Stopwatch.GetElapsedTime(started) < duration; count++)
            {
                await AskAsync(client, body);
            }

            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task AskAsync(HttpClient client, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static double Median<T>(List<T> turns, Func<T, double> number)
    {
        double[] sorted = [.. turns.Select(number).Order()];
        return sorted[sorted.Length / 2];
    }
}
