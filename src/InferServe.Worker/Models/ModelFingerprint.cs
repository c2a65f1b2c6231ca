using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace InferServe.Worker.Models;

/// <summary>
/// Names a model's files and the server's build in a few letters. It is cheap: small files count with their bytes, large ones with
/// their size and the time of their last change.
/// </summary>
internal static class ModelFingerprint
{
    private const int LargestHashed = 1 << 20;
    private const int Digits = 12;

    /// <param name="folder">The model folder; the files in it count, those in folders within it do not.</param>
    /// <param name="graphFiles">The graph that is served and the files of its weights, wherever in the folder.</param>
    public static string Of(string folder, IReadOnlyList<string> graphFiles)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var version = typeof(ModelFingerprint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        Add(hash, version ?? string.Empty);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            Add(hash, file);
        }

        foreach (var path in graphFiles)
        {
            Add(hash, $"\n{Path.GetRelativePath(folder, path)}");
            Add(hash, new FileInfo(path));
        }

        return Name(hash);
    }

    /// <summary>Names a model with an adapter.</summary>
    public static string OfAdapter(string model, string file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, model);
        Add(hash, new FileInfo(file));
        return Name(hash);
    }

    private static string Name(IncrementalHash hash) => "fp_" + Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];

    private static void Add(IncrementalHash hash, FileInfo file)
    {
        Add(hash, string.Create(CultureInfo.InvariantCulture, $"\n{file.Name} {file.Length} "));
        if (file.Length <= LargestHashed)
        {
            hash.AppendData(File.ReadAllBytes(file.FullName));
        }
        else
        {
            Add(hash, file.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
