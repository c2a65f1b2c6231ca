using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class SocketDirectoryTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("sockets-").FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void Create_Directory_IsPrivateAndGoneAfterDispose()
    {
        var directory = SocketDirectory.Create(_parent);
        File.WriteAllText(Path.Combine(directory.Path, "a.sock"), "");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory.Path));
        }

        directory.Dispose();

        Assert.Empty(Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void Create_DirectoryOfALivingGateway_IsLeftAlone()
    {
        using var living = SocketDirectory.Create(_parent);
        using var second = SocketDirectory.Create(_parent);

        Assert.True(Directory.Exists(living.Path));
        Assert.NotEqual(living.Path, second.Path);
    }

    [Fact]
    public void Create_LeftoverOfADeadGateway_IsRemoved()
    {
        var leftover = Leftover("inferserve-1-dead", withLock: true);
        var foreign = Leftover("inferserve-2-other", withLock: false);

        using var directory = SocketDirectory.Create(_parent);

        Assert.False(Directory.Exists(leftover));
        Assert.True(Directory.Exists(foreign));
    }

    private string Leftover(string name, bool withLock)
    {
        var path = Path.Combine(_parent, name);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.WriteAllText(Path.Combine(path, "a.sock"), "");
        if (withLock)
        {
            File.WriteAllText(Path.Combine(path, "gateway.lock"), "");
        }

        return path;
    }
}
