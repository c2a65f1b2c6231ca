namespace InferServe.OnnxRuntime.Config;

/// <summary>Paths that a model's own files hold, which come with the model and may be anything.</summary>
internal static class FolderPath
{
    /// <summary>Whether a relative path stays within the folder that it starts at.</summary>
    public static bool IsWithin(string path) =>
        path.Length > 0 && !path.Contains('\0') && !Path.IsPathRooted(path) && !path.Split('/', '\\').Contains("..");
}
