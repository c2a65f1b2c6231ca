namespace InferServe.Gateway.Registry;

/// <summary>Decides which models file the gateway reads.</summary>
internal static class ModelsFileLocator
{
    public const string FileName = "models.json";

    /// <summary>
    /// The file the user named, else <c>models.json</c> of the current directory, else that of the nearest ancestor of
    /// the application's directory: a build output inside a source tree finds the tree's file.
    /// </summary>
    /// <exception cref="ModelsFileException">There is none.</exception>
    public static string Locate(string? given, string currentDirectory, string applicationDirectory)
    {
        if (!string.IsNullOrEmpty(given))
        {
            var file = Path.GetFullPath(given, currentDirectory);
            return Directory.Exists(file) ? Path.Combine(file, FileName) : file;
        }

        var found = Ancestors(applicationDirectory)
            .Prepend(currentDirectory)
            .Select(folder => Path.Combine(folder, FileName))
            .FirstOrDefault(File.Exists);
        if (found is null)
        {
            var message = $"not found in {currentDirectory}, {applicationDirectory} or a folder above it; name one with --Models=<file>";
            throw new ModelsFileException(FileName, [new ModelsFileProblem("$", 0, 0, message)]);
        }

        return found;
    }

    private static IEnumerable<string> Ancestors(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
