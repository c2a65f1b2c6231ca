using System.Security.Cryptography;
using System.Text;

namespace InferServe.Gateway.Registry;

/// <summary>Tells one content of a model folder from another without reading weights.</summary>
/// <param name="Text">Changes with names, lengths and times of the files that make a model.</param>
/// <param name="Bytes">Their length together.</param>
internal sealed record FolderStamp(string Text, long Bytes)
{
    public static readonly FolderStamp None = new("", 0);

    private static readonly string[] Extensions = [".json", ".onnx", ".data", ".bin", ".jinja", ".model"];

    private static readonly EnumerationOptions WithSubfolders = new() { RecurseSubdirectories = true, MaxRecursionDepth = 2 };

    /// <summary>The stamp of a folder and of files outside it. A file that cannot be looked at does not count.</summary>
    public static FolderStamp Of(string folder, IEnumerable<string> others)
    {
        var text = new StringBuilder();
        long bytes = 0;
        try
        {
            foreach (var file in Files(folder, others).OrderBy(file => file.FullName, StringComparer.Ordinal))
            {
                text.Append(file.FullName).Append('|').Append(file.Length).Append('|').Append(file.LastWriteTimeUtc.Ticks).Append('\n');
                bytes += file.Length;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The worker says what is wrong with the folder when it loads.
        }

        return new FolderStamp(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))), bytes);
    }

    private static IEnumerable<FileInfo> Files(string folder, IEnumerable<string> others)
        => new DirectoryInfo(folder).EnumerateFiles("*", WithSubfolders).Where(IsOfModel).Concat(others.Select(other => new FileInfo(other)));

    private static bool IsOfModel(FileInfo file) => Extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase);
}
