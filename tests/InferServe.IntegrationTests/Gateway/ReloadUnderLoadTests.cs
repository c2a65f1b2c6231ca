using System.Net;
using System.Text.Json;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>models.json changes again and again while requests come.</summary>
public sealed class ReloadUnderLoadTests
{
    private const int Reloads = 200;
    private const int Clients = 8;

    [Fact]
    public async Task TwoHundredReloadsUnderLoad_NoRequestFails()
    {
        using var models = new ModelsFolder(("alpha", 2));
        models.AddModel("beta");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments([.. AdminClient.Arguments, "--Gateway:ReloadOnChange=false"]));
        using var admin = await AdminClient.ConnectAsync(gateway);
        await gateway.WaitUntilReadyAsync();
        using var stop = new CancellationTokenSource();
        var answered = 0;
        var progress = new SemaphoreSlim(0);
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await AskAsync(gateway, streams: client % 2 == 0);
                Interlocked.Increment(ref answered);
                progress.Release();
            }
        })).ToList();

        for (var reload = 0; reload < Reloads; reload++)
        {
            // Each reload meets requests on their way: at least one was answered since the last.
            await Task.WhenAny(progress.WaitAsync(), Task.WhenAny(clients));
            var isMistaken = reload % 5 == 4;
            models.Write(isMistaken ? """{"models":[{"name":"alpha"}]}""" : JsonSerializer.Serialize(File(reload)));
            Assert.Equal(isMistaken ? 422 : 200, (await admin.PostAsync("/admin/reload")).Status);
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.True(answered >= Reloads);
        var metrics = await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains($"inferserve_config_reload_total{{result=\"success\"}} {Reloads * 4 / 5}\n", metrics, StringComparison.Ordinal);
        await gateway.WaitUntilAsync(() => Task.FromResult(gateway.WorkerIds().Count == 2));
    }

    /// <summary>Another model comes and goes, workers are replaced three times, and once there is one more.</summary>
    private static object File(int reload)
    {
        var alpha = new { name = "alpha", path = "alpha", replicas = reload is >= 80 and < 100 ? 3 : 2, threads = 1 + (reload / 50), load = "eager" };
        var beta = new { name = "beta", path = "beta", replicas = 1 + (reload % 3), threads = 1, load = "onDemand" };
        return new { models = reload % 2 == 0 ? [alpha] : new[] { alpha, beta } };
    }

    private static async Task AskAsync(GatewayProcess gateway, bool streams)
    {
        using var response = await gateway.PostAsync(streams ? """{"model":"alpha","prompt":"stream"}""" : """{"model":"alpha","prompt":"pause=30"}""");
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK && (!streams || body.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal)), $"{response.StatusCode}: {body}");
    }
}
