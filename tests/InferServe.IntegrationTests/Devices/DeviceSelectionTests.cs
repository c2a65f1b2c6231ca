using InferServe.IntegrationTests.Engine;
using InferServe.OnnxRuntime.Devices;

namespace InferServe.IntegrationTests.Devices;

/// <summary>Devices that are not there: a clear sentence, or the processor with a warning.</summary>
public sealed class DeviceSelectionTests
{
    [WithoutDeviceTheory]
    [InlineData(DeviceOptions.Cuda, "CUDA")]
    [InlineData(DeviceOptions.WebGpu, "WebGPU")]
    public void Load_ProviderMissing_SaysSo(string device, string named)
    {
        string reason = NanoModel.RefusalOn(new DeviceOptions { Name = device });

        Assert.StartsWith($"device '{device}' cannot be used: ", reason, StringComparison.Ordinal);
        Assert.Contains(named, reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', reason);
        Assert.DoesNotContain("onnxruntime_src", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownDevice_SaysWhichThereAre() => Assert.Equal(
        "device 'gpu' cannot be used: it is none of cpu, cuda, webgpu, auto, and no execution provider library has this name",
        NanoModel.RefusalOn(new DeviceOptions { Name = "gpu" }));

    [Fact]
    public void Load_LibraryMissing_SaysWhere()
    {
        string path = Path.Combine(Path.GetTempPath(), "no-such-provider.so");

        Assert.Equal(
            $"device 'mine' cannot be used: the execution provider library '{path}' does not exist",
            NanoModel.RefusalOn(new DeviceOptions { Name = "mine", Libraries = [new ProviderLibrary("mine", path)] }));
    }

    [Fact]
    public void Load_LibraryWithoutAProvider_SaysWhy()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "InferServe.Engine.dll");

        string reason = NanoModel.RefusalOn(new DeviceOptions { Name = "wrong", Libraries = [new ProviderLibrary("wrong", path)] });

        Assert.StartsWith($"device 'wrong' cannot be used: the execution provider library '{path}' cannot be registered: ", reason, StringComparison.Ordinal);
    }

    [WithoutDeviceTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_AutoWithoutAccelerator_UsesTheProcessorWithAWarning(bool withLibrary)
    {
        ProviderLibrary[] libraries = withLibrary ? [new ProviderLibrary("mine", "/no-such-provider.so")] : [];
        using var runner = NanoModel.Load(new DeviceOptions { Name = DeviceOptions.Auto, Libraries = libraries });

        Assert.Equal((DeviceOptions.Cpu, false), (runner.Device, runner.KvIsOnDevice));
        Assert.EndsWith("so the model runs on the processor", runner.Warnings[^1], StringComparison.Ordinal);
        Assert.Equal(withLibrary, runner.Warnings.Contains("device 'mine' cannot be used: the execution provider library '/no-such-provider.so' does not exist"));
    }

    /// <summary>A theory about a machine without accelerator.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class WithoutDeviceTheoryAttribute : TheoryAttribute
    {
        public WithoutDeviceTheoryAttribute()
        {
            if (!string.IsNullOrEmpty(TestDevice.Name))
            {
                Skip = "The tests run on an accelerator.";
            }
        }
    }
}
