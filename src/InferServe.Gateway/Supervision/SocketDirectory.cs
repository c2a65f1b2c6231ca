using System.Globalization;

namespace InferServe.Gateway.Supervision;

/// <summary>
/// A private directory for sockets. A lock file, held open as long as the gateway lives, tells a directory in use from
/// one that a killed gateway left behind; <see cref="Create"/> removes the latter.
/// </summary>
internal sealed class SocketDirectory : IDisposable
{
    public const string SocketExtension = ".sock";
    private const string Prefix = "inferserve-";
    private const string LockFile = "gateway.lock";

    private readonly FileStream _lock;

    private SocketDirectory(string path)
    {
        Path = path;
        _lock = new FileStream(LockOf(path), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    public string Path { get; }

    /// <summary>Removes what dead gateways left in <paramref name="parent"/>, then makes a directory with mode 0700.</summary>
    public static SocketDirectory Create(string parent)
    {
        RemoveStale(parent);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}")[..24];
        var path = System.IO.Path.Combine(parent, name);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, PrivateMode);
        }

        return new SocketDirectory(path);
    }

    public void Dispose()
    {
        Remove(Path);
        _lock.Dispose();
    }

    private static UnixFileMode PrivateMode => UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static string LockOf(string path) => System.IO.Path.Combine(path, LockFile);

    private static void RemoveStale(string parent)
    {
        foreach (var directory in new DirectoryInfo(parent).EnumerateDirectories(Prefix + "*"))
        {
            if (IsStale(directory))
            {
                Remove(directory.FullName);
            }
        }
    }

    /// <summary>Ours in shape (a real directory, private, with a lock file we may open) and held by nobody.</summary>
    private static bool IsStale(DirectoryInfo directory)
    {
        try
        {
            if (directory.LinkTarget is not null
                || (!OperatingSystem.IsWindows() && directory.UnixFileMode != PrivateMode)
                || !File.Exists(LockOf(directory.FullName)))
            {
                return false;
            }

            using var held = new FileStream(LockOf(directory.FullName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Deletes sockets and lock, then the directory; a directory that holds anything else stays.</summary>
    private static void Remove(string path)
    {
        try
        {
            foreach (var socket in Directory.EnumerateFiles(path, "*" + SocketExtension))
            {
                File.Delete(socket);
            }

            File.Delete(LockOf(path));
            Directory.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Left for the next start: a temporary directory is no reason to fail.
        }
    }
}
