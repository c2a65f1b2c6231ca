namespace InferServe.IntegrationTests.Gateway;

/// <summary>The programs that tests start, as the same build made them.</summary>
internal static class Programs
{
    public static string Gateway => Find("src", "InferServe.Gateway");

    public static string Worker => Find("src", "InferServe.Worker");

    public static string StandInWorker => Find("tests", "InferServe.StandInWorker");

    public static string LoadTests => Find("loadtests", "InferServe.LoadTests");

    /// <summary>The root of the source tree.</summary>
    public static string Root { get; } = FindRoot();

    private static string Find(string folder, string project)
    {
        // …/bin/{configuration}/{framework}/ is the same for every project of a build.
        var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.Combine(Root, folder, project, "bin", output.Parent!.Name, output.Name, project);
        return OperatingSystem.IsWindows() ? program + ".exe" : program;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "InferServe.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
