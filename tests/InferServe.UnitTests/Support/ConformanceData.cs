namespace InferServe.UnitTests.Support;

/// <summary>
/// The folder of conformance data: real tokenizers, chat templates and schemas with the results that reference implementations give.
/// It is no part of the project; the environment variable <see cref="Variable"/> names it, and without it the tests that use it
/// are skipped.
/// </summary>
internal static class ConformanceData
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "INFERSERVE_CONFORMANCE_DATA";

    private static string? Root => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? value : null;

    /// <summary>Why tests that use the data are skipped, or null when they run. A variable that names no folder is an error of the
    /// caller's set-up: such tests run, and fail.</summary>
    public static string? SkipReason => Root is null ? $"The environment variable {Variable} is not set." : null;

    /// <summary>The full path of a file or folder of the data, which must exist.</summary>
    /// <param name="parts">The path below the data's folder.</param>
    public static string PathOf(params string[] parts)
    {
        string path = Path.GetFullPath(Path.Combine([Root ?? throw new InvalidOperationException(SkipReason), .. parts]));
        return Path.Exists(path)
            ? path
            : throw new FileNotFoundException($"The conformance data has no {Path.Combine(parts)}: {path} does not exist.", path);
    }

    /// <summary>The names of the folders below a folder of the data, in ordinal order; empty when the data is not there.</summary>
    /// <param name="parts">The path below the data's folder.</param>
    public static IReadOnlyList<string> FoldersIn(params string[] parts) => Root is null
        ? []
        : [.. Directory.GetDirectories(PathOf(parts)).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>The names of the files in a folder of the data, in ordinal order; empty when the data is not there.</summary>
    /// <param name="parts">The path below the data's folder.</param>
    public static IReadOnlyList<string> FilesIn(params string[] parts) => Root is null
        ? []
        : [.. Directory.GetFiles(PathOf(parts)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
