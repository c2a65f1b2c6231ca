using System.Globalization;

namespace InferServe.OnnxRuntime.Memory;

/// <summary>What Linux's control groups, and so containers, leave the process of its memory.</summary>
/// <remarks>Source: Control Group v2 and Memory Resource Controller (v1), docs.kernel.org/admin-guide.</remarks>
internal static class ControlGroup
{
    private const string Files = "/sys/fs/cgroup";
    private const string Memberships = "/proc/self/cgroup";

    /// <summary>Names of the files in either version: the limit, what is taken, and the field of its part that the kernel gives back at once.</summary>
    private static readonly (string Folder, string Limit, string Used, string Reclaimable)[] Versions =
    [
        ("", "memory.max", "memory.current", "inactive_file "),
        ("memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "),
    ];

    /// <summary>Bytes until the tightest limit on the process; null without one.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static long? AvailableBytes() => AvailableBytes(Files, Memberships);

    /// <param name="files">Where the groups' files are.</param>
    /// <param name="memberships">The file with the lines <c>number:controllers:path</c> of the groups that the process is in.</param>
    internal static long? AvailableBytes(string files, string memberships) => !File.Exists(memberships) ? null : File.ReadLines(memberships)
        .Select(line => line.Split(':', 3))
        .Where(fields => fields is [_, "" or "memory", _])
        .SelectMany(fields => Versions.SelectMany(version => Levels(fields[2]).Select(level => Left(Path.Join(files, version.Folder, level), version.Limit, version.Used, version.Reclaimable))))
        .Min();

    /// <summary>The group's path and those above it: each may have a limit. Inside a container only the last may be there.</summary>
    private static IEnumerable<string> Levels(string path)
    {
        for (string? level = path.TrimEnd('/'); !string.IsNullOrEmpty(level); level = Path.GetDirectoryName(level)?.TrimEnd('/'))
        {
            yield return level;
        }

        yield return string.Empty;
    }

    private static long? Left(string folder, string limitFile, string usedFile, string reclaimableField)
    {
        if (Read(Path.Join(folder, limitFile)) is not { } limit || Read(Path.Join(folder, usedFile)) is not { } used)
        {
            return null;
        }

        string statistics = Path.Join(folder, "memory.stat");
        string? field = File.Exists(statistics) ? File.ReadLines(statistics).FirstOrDefault(line => line.StartsWith(reclaimableField, StringComparison.Ordinal)) : null;
        long reclaimable = long.TryParse(field?[reclaimableField.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? Math.Min(bytes, used) : 0;
        return Math.Max(0, limit - used + reclaimable);
    }

    /// <summary>The number in a file; null where there is none, such as the limit <c>max</c>.</summary>
    private static long? Read(string path) =>
        File.Exists(path) && long.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
}
