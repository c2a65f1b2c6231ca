namespace InferServe.OnnxRuntime;

/// <summary>A model folder cannot be served. The message holds the path and every reason found.</summary>
public sealed class ModelLoadException : Exception
{
    public ModelLoadException(string path, IReadOnlyList<string> reasons, Exception? innerException = null)
        : base($"The model at '{path}' cannot be served: {string.Join("; ", reasons)}.", innerException)
    {
        Path = path;
        Reasons = reasons;
    }

    /// <summary>The folder, or the file in it that holds the mistake.</summary>
    public string Path { get; }

    /// <summary>Everything that is wrong, one sentence each, without a full stop.</summary>
    public IReadOnlyList<string> Reasons { get; }
}
