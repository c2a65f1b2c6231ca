using System.Globalization;

namespace InferServe.Worker.Energy;

/// <summary>
/// One counter of Linux's power capping framework: the energy of a processor package or of its memory.
/// </summary>
/// <remarks>Source: Power Capping Framework, docs.kernel.org/power/powercap/powercap.html.</remarks>
internal sealed class PowercapZone
{
    private const string ControlType = "intel-rapl";
    private const double JoulesPerMicrojoule = 1e-6;

    private readonly string _counter;
    private readonly long _range;
    private long _last;

    private PowercapZone(string folder)
    {
        _counter = Path.Combine(folder, "energy_uj");
        _range = Read(Path.Combine(folder, "max_energy_range_uj"));
        _last = Read(_counter);
    }

    /// <summary>
    /// The packages and, beside them, their memory. Cores and graphics are parts of a package, and a whole platform holds the packages: neither
    /// is counted a second time.
    /// </summary>
    /// <param name="folder"><c>/sys/class/powercap</c> or a copy of it; one that is not there has no zones.</param>
    /// <exception cref="EnergyException">There are zones, but they cannot be read.</exception>
    public static IReadOnlyList<PowercapZone> Find(string folder)
    {
        var nested = Path.Combine(folder, ControlType);
        var root = Directory.Exists(nested) ? nested : folder;
        if (!Directory.Exists(root))
        {
            return [];
        }

        var packages = ZonesIn(root).Where(zone => Named(zone, "package")).ToList();
        var memories = packages.SelectMany(ZonesIn).Where(zone => Named(zone, "dram"));
        return [.. packages.Concat(memories).Select(zone => new PowercapZone(zone))];
    }

    /// <summary>Joules since the last call; the counter begins anew at the end of its range, at most once between two calls.</summary>
    /// <exception cref="EnergyException">The counter cannot be read.</exception>
    public double Take()
    {
        var now = Read(_counter);
        var used = now >= _last ? now - _last : _range - _last + now;
        _last = now;
        return used * JoulesPerMicrojoule;
    }

    private static string[] ZonesIn(string folder) => KernelFile.Read(folder, static path => Directory.GetDirectories(path, $"{ControlType}:*"));

    private static bool Named(string zone, string prefix) => KernelFile.Read(Path.Combine(zone, "name"), File.ReadAllText).StartsWith(prefix, StringComparison.Ordinal);

    private static long Read(string path) => long.TryParse(KernelFile.Read(path, File.ReadAllText).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new EnergyException($"'{path}' holds no whole number");
}
