namespace InferServe.Worker.Energy;

/// <summary>Files and folders in which Linux tells about itself.</summary>
internal static class KernelFile
{
    /// <exception cref="EnergyException">It cannot be read.</exception>
    public static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnergyException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
