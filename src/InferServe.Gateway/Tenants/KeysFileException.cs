using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Tenants;

/// <summary>The keys file cannot be used; the message lists every mistake that was found.</summary>
internal sealed class KeysFileException(string file, IReadOnlyList<ModelsFileProblem> problems)
    : Exception(ModelsFileException.Describe(file, problems))
{
    public IReadOnlyList<ModelsFileProblem> Problems { get; } = problems;
}
