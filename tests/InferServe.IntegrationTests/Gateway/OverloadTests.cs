using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using InferServe.IntegrationTests.Serving;
using Xunit.Abstractions;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>
/// Ten times the requests that the embedded model can answer. <c>INFERSERVE_OVERLOAD_SECONDS</c> makes it last longer; the numbers are in the
/// test's output.
/// </summary>
[Collection(nameof(AloneCollection))]
public sealed class OverloadTests(ITestOutputHelper output)
{
    private const int Sequences = 4;
    private const int QueueLimit = 8;
    private const double Times = 10;

    /// <summary>The most requests that are open at once, so that a machine that cannot offer the whole load does not choke on them.</summary>
    private const int MostOpen = 1_000;

    private const int MostRounds = 6;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<Answer> _answers = [];

    private sealed record Answer(HttpStatusCode Status, TimeSpan Time, bool SaysWhen);

    [Fact]
    public async Task TenTimesTheSustainableLoad_AcceptedKeepTheirTimeAndTheRestIsRefusedAtOnce()
    {
        var seconds = double.Parse(Environment.GetEnvironmentVariable("INFERSERVE_OVERLOAD_SECONDS") ?? "5", CultureInfo.InvariantCulture);
        using var models = new ModelsFolder("alpha");
        var path = Path.Combine(Programs.Root, "models", ServerFixture.Model);
        models.Write(new { models = new[] { new { name = "nano", path, threads = 1, maxSequences = Sequences, queueLimit = QueueLimit } } });
        await using var gateway = await GatewayProcess.StartAsync($"--Models={models.ModelsFile}");
        await gateway.WaitUntilReadyAsync();

        var sustainable = await CalibrateAsync(gateway);
        var busy = Quantile([.. _answers.Select(answer => answer.Time)], 0.5);
        _answers.Clear();
        var memoryBefore = Memory(gateway);
        var (sending, mostInside) = await FloodAsync(gateway, Times * sustainable, TimeSpan.FromSeconds(seconds));
        var memoryAfter = Memory(gateway);
        var afterwards = await AskAsync(gateway);

        var accepted = _answers.Where(answer => answer.Status == HttpStatusCode.OK).Select(answer => answer.Time).ToList();
        var refused = _answers.Where(answer => answer.Status != HttpStatusCode.OK).ToList();
        var refusals = refused.Select(answer => answer.Time).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sustainable {sustainable:F1}/s, median {busy.TotalMilliseconds:F0} ms"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"offered {_answers.Count / sending.TotalSeconds:F0}/s for {sending.TotalSeconds:F1} s, {_answers.Count / sending.TotalSeconds / sustainable:F1} times the sustainable "
            + $"and {(double)_answers.Count / accepted.Count:F1} times the accepted ({Times} are meant, as far as this machine can offer them)"));
        output.WriteLine(Line("accepted", accepted));
        output.WriteLine(Line("refused", refusals));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gateway memory {memoryBefore >> 20} → {memoryAfter >> 20} MiB, at most {mostInside} requests inside"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first answer afterwards {afterwards.Time.TotalMilliseconds:F0} ms"));

        // The queue has its bound. Without it most would wait for several times as long as the flood lasts.
        Assert.InRange(mostInside, 1, Sequences + QueueLimit);
        Assert.NotEmpty(accepted);
        Assert.True(Quantile(accepted, 0.95) < Allowed(busy, sending), $"{Quantile(accepted, 0.95)} is more than {Allowed(busy, sending)}");

        // Who is refused is told so at once, without waiting for the model as those do that are accepted, and when to come back.
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable }));
        Assert.All(refused, answer => Assert.True(answer.SaysWhen));
        Assert.True(Quantile(refusals, 0.5) < Quantile(accepted, 0.5), $"{Quantile(refusals, 0.5)} for a refusal, {Quantile(accepted, 0.5)} for an answer");
        Assert.InRange(memoryAfter - memoryBefore, long.MinValue, 256L << 20);
        Assert.Equal(HttpStatusCode.OK, afterwards.Status);
        Assert.InRange(afterwards.Time, TimeSpan.Zero, Recovery);
    }

    /// <summary>
    /// The objective is a full queue before the request and then its turn. Machines that run tests are busy, so more is allowed, up to the length of
    /// the flood.
    /// </summary>
    private static TimeSpan Allowed(TimeSpan busy, TimeSpan flood)
    {
        var objective = busy * (1 + ((double)QueueLimit / Sequences));
        var allowed = (objective * 3) + TimeSpan.FromSeconds(1);
        return allowed > flood ? allowed : flood;
    }

    /// <summary>
    /// Requests answered in a second when there are always as many as run at once: measured again until the rate rises no more, since a server that
    /// has just started is slow.
    /// </summary>
    private async Task<double> CalibrateAsync(GatewayProcess gateway)
    {
        double rate = 0, before;
        var round = 0;
        do
        {
            before = rate;
            _answers.Clear();
            rate = await RateAsync(gateway);
        }
        while (rate > 1.1 * before && ++round < MostRounds);

        return Math.Max(rate, before);
    }

    private async Task<double> RateAsync(GatewayProcess gateway)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Sequences).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < Round)
            {
                _answers.Add(await AskAsync(gateway));
            }
        }));
        Assert.All(_answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        return _answers.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>
    /// Requests at a fixed rate, whether or not the former are answered, as far as the machine can. Every one is waited for.
    /// </summary>
    /// <returns>For how long requests were sent, and the most that were seen inside the worker.</returns>
    private async Task<(TimeSpan Sending, double MostInside)> FloodAsync(GatewayProcess gateway, double rate, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        using var open = new SemaphoreSlim(MostOpen);
        using var stop = new CancellationTokenSource();
        var watch = MostInsideAsync(gateway, stop.Token);
        var running = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            await timer.WaitForNextTickAsync();
            while (running.Count < rate * Stopwatch.GetElapsedTime(started).TotalSeconds && Stopwatch.GetElapsedTime(started) < duration)
            {
                await open.WaitAsync();
                running.Add(Task.Run(async () =>
                {
                    _answers.Add(await AskAsync(gateway));
                    open.Release();
                }));
            }
        }

        var sending = Stopwatch.GetElapsedTime(started);
        await Task.WhenAll(running);
        await stop.CancelAsync();
        return (sending, await watch);
    }

    private static async Task<double> MostInsideAsync(GatewayProcess gateway, CancellationToken stop)
    {
        double most = 0;
        while (!stop.IsCancellationRequested)
        {
            // Both in one look: what stops waiting in order to run is not counted twice.
            most = Math.Max(most, await gateway.MetricAsync("inferserve_requests_running{", "inferserve_requests_waiting{"));
            await Task.Delay(100, CancellationToken.None);
        }

        return most;
    }

    private static async Task<Answer> AskAsync(GatewayProcess gateway)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await gateway.PostAsync(JsonSerializer.Serialize(new
        {
            model = "nano", messages = new[] { new { role = "user", content = "What is the capital of France?" } }, max_tokens = 24, min_tokens = 24,
        }));
        await response.Content.ReadAsByteArrayAsync();
        return new Answer(response.StatusCode, Stopwatch.GetElapsedTime(started), response.Headers.RetryAfter is not null);
    }

    private static long Memory(GatewayProcess gateway)
    {
        using var process = Process.GetProcessById(gateway.Id);
        return process.WorkingSet64;
    }

    private static TimeSpan Quantile(List<TimeSpan> times, double share)
    {
        times.Sort();
        return times.Count == 0 ? TimeSpan.Zero : times[Math.Min(times.Count - 1, (int)(share * times.Count))];
    }

    private static string Line(string name, List<TimeSpan> times) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {times.Count}, median {Quantile(times, 0.5).TotalMilliseconds:F0} ms, p95 {Quantile(times, 0.95).TotalMilliseconds:F0} ms, p99 {Quantile(times, 0.99).TotalMilliseconds:F0} ms, "
        + $"within 100 ms {(times.Count == 0 ? 0 : 100.0 * times.Count(time => time.TotalMilliseconds <= 100) / times.Count):F1} %");
}
