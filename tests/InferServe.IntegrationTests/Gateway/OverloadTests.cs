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

    private static readonly TimeSpan Calibration = TimeSpan.FromSeconds(3);

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
        await FloodAsync(gateway, Times * sustainable, TimeSpan.FromSeconds(seconds));
        var memoryAfter = Memory(gateway);

        var accepted = _answers.Where(answer => answer.Status == HttpStatusCode.OK).Select(answer => answer.Time).ToList();
        var refused = _answers.Where(answer => answer.Status != HttpStatusCode.OK).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sustainable {sustainable:F1}/s, median {busy.TotalMilliseconds:F0} ms; offered {_answers.Count / seconds:F0}/s for {seconds} s"));
        output.WriteLine(Line("accepted", accepted));
        output.WriteLine(Line("refused", [.. refused.Select(answer => answer.Time)]));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gateway memory {memoryBefore >> 20} → {memoryAfter >> 20} MiB"));

        // The objective: a full queue before it, then its turn. Machines that run tests are busy, so more is allowed; without a bound on the
        // queue most would take as long as the flood.
        var objective = busy * (1 + ((double)QueueLimit / Sequences));
        var allowed = (objective * 3) + TimeSpan.FromSeconds(1);
        Assert.NotEmpty(accepted);
        Assert.True(Quantile(accepted, 0.95) < allowed, $"{Quantile(accepted, 0.95)} is more than {allowed}");
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable }));
        Assert.All(refused, answer => Assert.True(answer.SaysWhen));
        Assert.True(Quantile([.. refused.Select(answer => answer.Time)], 0.5) < TimeSpan.FromSeconds(1));
        Assert.InRange(memoryAfter - memoryBefore, long.MinValue, 256L << 20);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(gateway)).Status);
    }

    /// <summary>Requests answered in a second when there are always as many as run at once.</summary>
    private async Task<double> CalibrateAsync(GatewayProcess gateway)
    {
        await AskAsync(gateway);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Sequences).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < Calibration)
            {
                _answers.Add(await AskAsync(gateway));
            }
        }));
        Assert.All(_answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        return _answers.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Requests at a fixed rate, whether or not the former are answered.</summary>
    private async Task FloodAsync(GatewayProcess gateway, double rate, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var running = new List<Task>();
        var sent = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            await timer.WaitForNextTickAsync();
            for (; sent < rate * Stopwatch.GetElapsedTime(started).TotalSeconds; sent++)
            {
                running.Add(Task.Run(async () => _answers.Add(await AskAsync(gateway))));
            }
        }

        await Task.WhenAll(running);
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
