using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Commands;

/// <summary>The scenarios that lie beside the program.</summary>
internal static class ScenarioFiles
{
    private const string Ending = ".json";

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <summary>Their paths, by name.</summary>
    public static IReadOnlyList<string> All =>
        [.. Directory.GetFiles(Folder, "*" + Ending).Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The path of a scenario given by name or path.</summary>
    /// <exception cref="ScenarioException">There is none.</exception>
    public static string Find(string given)
    {
        if (File.Exists(given))
        {
            return given;
        }

        string beside = Path.Combine(Folder, given + Ending);
        return given == Path.GetFileName(given) && File.Exists(beside)
            ? beside
            : throw new ScenarioException(
                $"There is no scenario '{given}': no such file, and the scenarios beside the program are {string.Join(", ", All.Select(Path.GetFileNameWithoutExtension))}");
    }
}
