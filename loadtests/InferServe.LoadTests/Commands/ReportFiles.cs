namespace InferServe.LoadTests.Commands;

/// <summary>Writes the three files of a report.</summary>
internal static class ReportFiles
{
    /// <param name="folder">Made when missing; null writes nothing.</param>
    /// <param name="name">The files' name without ending.</param>
    /// <param name="json">Text of the <c>.json</c> file.</param>
    /// <param name="markdown">Text of the <c>.md</c> file.</param>
    /// <param name="html">Text of the <c>.html</c> file.</param>
    public static void Write(DirectoryInfo? folder, string name, string json, string markdown, string html)
    {
        if (folder is null)
        {
            return;
        }

        folder.Create();
        string safe = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-'));
        foreach ((string ending, string text) in ((string, string)[])[("json", json), ("md", markdown), ("html", html)])
        {
            string path = Path.Combine(folder.FullName, $"{safe}.{ending}");
            File.WriteAllText(path, text);
            Console.Error.WriteLine(path);
        }
    }
}
