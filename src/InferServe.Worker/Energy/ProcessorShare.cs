using System.Globalization;

namespace InferServe.Worker.Energy;

/// <summary>Which share of the machine's work the worker does: its processor time over that of everything that runs.</summary>
/// <param name="own">Processor time of the worker so far, in seconds.</param>
/// <param name="busy">Processor time of everything so far, in seconds.</param>
internal sealed class ProcessorShare(Func<double> own, Func<double> busy)
{
    private const string Statistics = "/proc/stat";

    /// <summary>The unit of <c>/proc/stat</c>, which is 100 on every architecture that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    private double _own = own();
    private double _busy = busy();

    public static ProcessorShare OfThisProcess() => new(
        static () => Environment.CpuUsage.TotalTime.TotalSeconds,
        static () => BusySeconds(KernelFile.Read(Statistics, static path => File.ReadLines(path).FirstOrDefault() ?? "")));

    /// <summary>The share since the last call, 0 … 1.</summary>
    public double Take()
    {
        var (ownNow, busyNow) = (own(), busy());
        var (ownUsed, busyUsed) = (ownNow - _own, busyNow - _busy);
        (_own, _busy) = (ownNow, busyNow);

        // The two are counted in steps of their own, so a busy worker may seem to do a little more than everything.
        return busyUsed > 0 ? Math.Clamp(ownUsed / busyUsed, 0, 1) : 0;
    }

    /// <summary>Seconds of all processors in the line <c>cpu user nice system idle iowait irq softirq …</c> that were not idle.</summary>
    /// <remarks>Source: man 5 proc_stat. Time of guests is in that of users already.</remarks>
    internal static double BusySeconds(string line)
    {
        var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(7)
            .Select(field => double.TryParse(field, CultureInfo.InvariantCulture, out var value) ? value : double.NaN).ToArray();
        return !ticks.Any(double.IsNaN) && ticks is [var user, var nice, var system, _, _, var interrupts, var softInterrupts]
            ? (user + nice + system + interrupts + softInterrupts) / TicksPerSecond
            : throw new EnergyException($"'{Statistics}' has the unknown first line '{line}'");
    }
}
