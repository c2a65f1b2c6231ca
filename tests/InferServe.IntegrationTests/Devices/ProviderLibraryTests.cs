using System.Net;
using System.Text.Json;
using InferServe.IntegrationTests.Engine;
using InferServe.IntegrationTests.Gateway;
using InferServe.OnnxRuntime.Devices;

namespace InferServe.IntegrationTests.Devices;

/// <summary>Execution providers that come as libraries, with a real one.</summary>
public sealed class ProviderLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("provider-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SampleProviderFact]
    public void Load_LibraryByName_RunsTheModelWithIt()
    {
        var library = new ProviderLibrary("sample", SampleProvider.Build(_folder));

        using var runner = NanoModel.Load(new DeviceOptions { Name = "sample", Libraries = [library] });
        using var chosen = NanoModel.Load(new DeviceOptions { Name = DeviceOptions.Auto, Libraries = [library] });

        Assert.Equal(("sample", "sample"), (runner.Device, chosen.Device));
        Assert.Empty(runner.Warnings);
        Assert.Contains(Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetEpDevices(), device => device.EpName == "SampleExecutionProvider");

        // Its options reach it: this one keeps it from starting.
        var failing = new DeviceOptions { Name = "sample", Libraries = [library], Provider = new Dictionary<string, string> { ["fail"] = "no driver" } };
        const string Reason = "ONNX Runtime cannot load the graph on device 'sample': The sample provider does not start: no driver";
        Assert.Equal(Reason, NanoModel.RefusalOn(failing));
        using var fallen = NanoModel.Load(failing with { Name = DeviceOptions.Auto });
        Assert.Equal(DeviceOptions.Cpu, fallen.Device);
        Assert.Equal([Reason, "no accelerator can be used, so the model runs on the processor"], fallen.Warnings);

        Assert.Equal(
            "device 'sample' cannot be used: its library finds 1 device(s), so the index must be below that, got 1",
            NanoModel.RefusalOn(new DeviceOptions { Name = "sample", Libraries = [library], Index = 1 }));
    }

    [SampleProviderFact]
    public void Load_LibraryThatFindsNoDevice_SaysSo()
    {
        var path = SampleProvider.Build(_folder, devices: 0);

        Assert.Equal(
            $"device 'none' cannot be used: the execution provider library '{path}' finds no device on this machine",
            NanoModel.RefusalOn(new DeviceOptions { Name = "none", Libraries = [new ProviderLibrary("none", path)] }));
    }

    [SampleProviderFact]
    public async Task Serve_ModelOnALibrarysDevice_Answers()
    {
        var models = Path.Combine(_folder, "models.json");
        SampleProvider.Build(_folder);
        await File.WriteAllTextAsync(models, JsonSerializer.Serialize(new
        {
            models = new[]
            {
                new
                {
                    name = "nano",
                    path = NanoModel.Path,
                    device = "sample",
                    executionProviderLibraries = new[] { new { name = "sample", path = "sample-1.so" } },
                },
            },
        }));
        await using var gateway = await GatewayProcess.StartAsync($"--Models={models}");
        await gateway.WaitUntilReadyAsync();

        using var response = await gateway.PostAsync("""{"model":"nano","messages":[{"role":"user","content":"What is the capital of France?"}]}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Paris", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("The model computes on device sample", gateway.Output, StringComparison.Ordinal);
    }
}
