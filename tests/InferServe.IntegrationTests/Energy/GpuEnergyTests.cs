using InferServe.IntegrationTests.Fixtures;
using InferServe.Worker.Energy;

namespace InferServe.IntegrationTests.Energy;

/// <summary>The driver's management library by its C interface; the library is a stand-in, compiled here.</summary>
public sealed class GpuEnergyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nvml-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [CompilerFact]
    public void Take_EachReading_GivesWhatCameSinceTheLast()
    {
        using var byIndex = GpuEnergy.Open(Build(), "0", sameOrder: true);
        using var byUuid = GpuEnergy.Open(Build(), "GPU-b", sameOrder: true);

        Assert.Equal([1.5, 1.5, 1.5], [byIndex.Take(), byUuid.Take(), byIndex.Take()]);
    }

    [CompilerFact]
    public void Open_DeviceThatIsNotThere_GivesTheDriversAnswer()
    {
        Assert.Equal("the NVIDIA driver answers: Invalid Argument", Assert.Throws<EnergyException>(() => GpuEnergy.Open(Build(), "2", sameOrder: true)).Message);
        Assert.Equal("the NVIDIA driver answers: Not Found", Assert.Throws<EnergyException>(() => GpuEnergy.Open(Build(), "GPU-x", sameOrder: true)).Message);
        Assert.Equal("the NVIDIA driver answers: Not Supported", Assert.Throws<EnergyException>(() => GpuEnergy.Open(Build("-DOLD"), "1", sameOrder: true)).Message);
    }

    [CompilerFact]
    public void Open_SeveralDevicesInAnotherOrder_SaysWhatToSet()
    {
        Assert.Contains("CUDA_DEVICE_ORDER=PCI_BUS_ID", Assert.Throws<EnergyException>(() => GpuEnergy.Open(Build(), "0", sameOrder: false)).Message, StringComparison.Ordinal);
        using var named = GpuEnergy.Open(Build(), "GPU-b", sameOrder: false);
        Assert.Equal(1.5, named.Take());
    }

    [Fact]
    public void Open_WithoutADriver_SaysSo() => Assert.Equal(
        "the library 'libnvidia-ml-missing.so.1' of the NVIDIA driver cannot be loaded",
        Assert.Throws<EnergyException>(() => GpuEnergy.Open("libnvidia-ml-missing.so.1", "0", sameOrder: true)).Message);

    [Theory]
    [InlineData(null, 1, "1")]
    [InlineData("", 0, "0")]
    [InlineData("3,2", 1, "2")]
    [InlineData("GPU-a, GPU-b", 1, "GPU-b")]
    public void DeviceId_VisibleDevices_CountFromTheirList(string? visible, int index, string id) => Assert.Equal(id, GpuEnergy.DeviceId(visible, index));

    private string Build(params string[] options)
    {
        var library = Path.Combine(_folder, $"{Guid.NewGuid():N}.so");
        CCompiler.BuildLibrary(Path.Combine("nvml", "nvml.c"), library, options);
        return library;
    }
}
