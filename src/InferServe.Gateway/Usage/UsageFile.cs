using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Usage;

/// <summary>Decides where usage is kept.</summary>
internal static class UsageFile
{
    /// <summary>The file of the settings, else, when there are keys, one in the user's folder for data; null keeps usage in memory only.</summary>
    public static string? Locate(string? given, bool hasKeys) => !string.IsNullOrEmpty(given) ? Path.GetFullPath(given)
        : hasKeys ? Path.Combine(DataFolder(), "inferserve", "usage.db")
        : null;

    /// <exception cref="OptionsValidationException">The database cannot be used.</exception>
    public static UsageStore Open(string file)
    {
        try
        {
            return new UsageStore(file);
        }
        catch (Exception exception) when (exception is Microsoft.Data.Sqlite.SqliteException or IOException or UnauthorizedAccessException)
        {
            var message = $"Usage cannot be kept in {file}: {exception.Message}. Name another file with {UsageOptions.Section}:{nameof(UsageOptions.File)}.";
            throw new OptionsValidationException(Options.DefaultName, typeof(UsageOptions), [message]);
        }
    }

    private static string DataFolder()
        => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder
            ? folder
            : Path.GetTempPath();
}
