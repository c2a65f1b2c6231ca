using System.Globalization;

namespace InferServe.IntegrationTests.Energy;

/// <summary>A folder in the shape of <c>/sys/class/powercap</c> whose one package uses energy when it is told to.</summary>
internal sealed class EnergyCounters : IDisposable
{
    private readonly string _zone;
    private long _microjoules = 5_000_000;

    public EnergyCounters()
    {
        _zone = Directory.CreateDirectory(Path.Combine(Folder, "intel-rapl:0")).FullName;
        File.WriteAllText(Path.Combine(_zone, "name"), "package-0\n");
        File.WriteAllText(Path.Combine(_zone, "max_energy_range_uj"), "262143328850\n");
        Use(0);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("powercap-").FullName;

    public void Use(long joules)
    {
        _microjoules += joules * 1_000_000;
        var next = Path.Combine(_zone, "next");
        File.WriteAllText(next, _microjoules.ToString(CultureInfo.InvariantCulture) + "\n");
        File.Move(next, Path.Combine(_zone, "energy_uj"), overwrite: true);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
