using System.Globalization;

namespace InferServe.OnnxRuntime.Memory;

/// <summary>How much memory the process can still take.</summary>
public static class AvailableMemory
{
    private const string Linux = "/proc/meminfo";
    private const string Field = "MemAvailable:";

    /// <summary>Bytes that are free now: what the operating system gives without swapping, within the limit of the container.</summary>
    public static long Bytes()
    {
        try
        {
            long? machine = File.Exists(Linux) ? Parse(File.ReadLines(Linux)) : null;
            long? container = ControlGroup.AvailableBytes();
            return (machine < container ? machine : container ?? machine) ?? Managed();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Managed();
        }
    }

    /// <summary>What .NET would let its own heap have: a guess for systems that tell no better.</summary>
    private static long Managed() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Reads the field from the lines of <c>/proc/meminfo</c>, which are in KiB.</summary>
    internal static long? Parse(IEnumerable<string> lines)
    {
        string? line = lines.FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
        string? number = line?[Field.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes << 10 : null;
    }
}
