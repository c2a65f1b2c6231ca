namespace InferServe.LoadTests.Scenarios.Reading;

/// <summary>Where the files lie that a scenario names.</summary>
internal sealed class ScenarioFolder(string path)
{
    /// <summary>Reads the file under <c>file</c>; what is wrong with it is a mistake of the scenario.</summary>
    public IReadOnlyList<T> Read<T>(ScenarioSection section, Func<TextReader, string, IReadOnlyList<T>> read, IReadOnlyList<T> otherwise)
    {
        string name = section.Text("file");
        if (name.Length == 0)
        {
            return otherwise;
        }

        try
        {
            using StreamReader lines = File.OpenText(Path.Combine(path, name));
            return read(lines, name);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            section.Mistake("file", problem.Message);
        }
        catch (ScenarioException problem)
        {
            section.Mistake("file", problem.Message);
        }

        return otherwise;
    }
}
