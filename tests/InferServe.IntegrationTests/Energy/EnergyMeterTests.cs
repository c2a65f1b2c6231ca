using InferServe.IntegrationTests.Worker;

namespace InferServe.IntegrationTests.Energy;

/// <summary>A real worker beside energy counters of the kernel's shape, which this kind of machine lacks.</summary>
public sealed class EnergyMeterTests : IDisposable
{
    private readonly EnergyCounters _counters = new();

    public void Dispose() => _counters.Dispose();

    [Fact]
    public async Task Metrics_WhilePackagesUseEnergy_ShowTheWorkersPart()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync($"--Worker:PowercapFolder={_counters.Folder}");
        var used = 0;
        await worker.WaitUntilAsync(async () =>
        {
            _counters.Use(100);
            used += 100;
            using var answer = await worker.PostAsync("""{"model":"inferserve-nano","max_tokens":50,"messages":[{"role":"user","content":"Hello"}]}""");
            return await worker.MetricAsync("energy_joules_total", "source=\"processor\"") > 0;
        });

        Assert.InRange(await worker.MetricAsync("energy_joules_total", "model=\"inferserve-nano\""), double.Epsilon, used);
    }

    [Fact]
    public async Task Metrics_CounterOfNoUse_AreWithoutEnergyAndTheLogSaysWhy()
    {
        File.WriteAllText(Path.Combine(_counters.Folder, "intel-rapl:0", "energy_uj"), "secret\n");

        await using var worker = await WorkerUnderTest.StartReadyAsync($"--Worker:PowercapFolder={_counters.Folder}");

        Assert.DoesNotContain("inferserve_energy_joules_total{", await worker.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
        await worker.WaitUntilAsync(() => Task.FromResult(worker.Output.Contains("Energy is not measured: ", StringComparison.Ordinal)));
        Assert.Contains("energy_uj' holds no whole number", worker.Output, StringComparison.Ordinal);
    }
}
