using InferServe.Worker.Energy;

namespace InferServe.UnitTests.Worker.Energy;

public sealed class PowercapZoneTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("powercap-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("intel-rapl")]
    public void Find_ServerWithTwoPackages_CountsPackagesAndTheirMemoryOnce(string folder)
    {
        Zone(Path.Combine(folder, "intel-rapl:0"), "package-0", 1_000_000);
        Zone(Path.Combine(folder, "intel-rapl:0", "intel-rapl:0:0"), "core", 1_000_000);
        Zone(Path.Combine(folder, "intel-rapl:0", "intel-rapl:0:1"), "dram", 1_000_000);
        Zone(Path.Combine(folder, "intel-rapl:1"), "package-1", 1_000_000);
        Zone(Path.Combine(folder, "intel-rapl:2"), "psys", 1_000_000);
        Zone(Path.Combine(folder, "intel-rapl-mmio:0"), "package-0", 1_000_000);

        var zones = PowercapZone.Find(_root);
        foreach (var counter in Directory.EnumerateFiles(_root, "energy_uj", SearchOption.AllDirectories))
        {
            File.WriteAllText(counter, "3500000\n");
        }

        Assert.Equal(3, zones.Count);
        Assert.Equal(7.5, zones.Sum(zone => zone.Take()), 9);
        Assert.Equal(0, zones.Sum(zone => zone.Take()));
    }

    [Fact]
    public void Take_CounterBeginsAnew_CountsUpToItsRange()
    {
        Zone("intel-rapl:0", "package-0", 9_000_000, range: 10_000_000);
        var zone = Assert.Single(PowercapZone.Find(_root));

        File.WriteAllText(Path.Combine(_root, "intel-rapl:0", "energy_uj"), "500000\n");

        Assert.Equal(1.5, zone.Take(), 9);
    }

    [Fact]
    public void Find_FolderThatIsNotThere_HasNone() => Assert.Empty(PowercapZone.Find(Path.Combine(_root, "missing")));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("12 J")]
    public void Find_CounterThatIsNoNumber_SaysWhichFile(string text)
    {
        Zone("intel-rapl:0", "package-0", 1);
        var counter = Path.Combine(_root, "intel-rapl:0", "energy_uj");
        File.WriteAllText(counter, text);

        Assert.Equal($"'{counter}' holds no whole number", Assert.Throws<EnergyException>(() => PowercapZone.Find(_root)).Message);
    }

    [Fact]
    public void Take_CounterThatIsGone_SaysSo()
    {
        Zone("intel-rapl:0", "package-0", 1);
        var zone = PowercapZone.Find(_root)[0];
        Directory.Delete(Path.Combine(_root, "intel-rapl:0"), recursive: true);

        Assert.StartsWith($"'{Path.Combine(_root, "intel-rapl:0", "energy_uj")}' cannot be read: ", Assert.Throws<EnergyException>(() => zone.Take()).Message, StringComparison.Ordinal);
    }

    private void Zone(string path, string name, long microjoules, long range = 262_143_328_850)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, path)).FullName;
        File.WriteAllText(Path.Combine(folder, "name"), $"{name}\n");
        File.WriteAllText(Path.Combine(folder, "energy_uj"), $"{microjoules}\n");
        File.WriteAllText(Path.Combine(folder, "max_energy_range_uj"), $"{range}\n");
    }
}
