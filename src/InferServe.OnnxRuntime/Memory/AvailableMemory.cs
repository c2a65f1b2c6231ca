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
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        try
        {
            return Math.Min(limit, File.Exists(Linux) ? Parse(File.ReadLines(Linux)) ?? limit : limit);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return limit;
        }
    }

    /// <summary>Reads the field from the lines of <c>/proc/meminfo</c>, which are in KiB.</summary>
    internal static long? Parse(IEnumerable<string> lines)
    {
        string? line = lines.FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
        string? number = line?[Field.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes << 10 : null;
    }
}
