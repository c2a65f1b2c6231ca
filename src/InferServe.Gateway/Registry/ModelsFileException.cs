using System.Globalization;

namespace InferServe.Gateway.Registry;

/// <summary>The models file cannot be used; <see cref="Problems"/> holds every mistake that was found.</summary>
internal sealed class ModelsFileException(string file, IReadOnlyList<ModelsFileProblem> problems)
    : Exception(Describe(file, problems))
{
    public string File { get; } = file;

    public IReadOnlyList<ModelsFileProblem> Problems { get; } = problems;

    /// <summary>A line for each mistake, in the order of the file.</summary>
    internal static string Describe(string file, IReadOnlyList<ModelsFileProblem> problems)
    {
        var lines = problems
            .OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)
            .Select(problem => problem.Line == 0
                ? $"{file}: {problem.Message}"
                : string.Create(CultureInfo.InvariantCulture, $"{file}:{problem.Line}:{problem.Column}: {problem.Path}: {problem.Message}"));
        return string.Join(Environment.NewLine, lines);
    }
}
