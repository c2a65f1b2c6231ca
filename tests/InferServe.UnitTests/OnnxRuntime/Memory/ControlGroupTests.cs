using InferServe.OnnxRuntime.Memory;

namespace InferServe.UnitTests.OnnxRuntime.Memory;

public sealed class ControlGroupTests : IDisposable
{
    private readonly string _files = Directory.CreateTempSubdirectory("cgroup-").FullName;

    public void Dispose() => Directory.Delete(_files, recursive: true);

    [Fact]
    public void AvailableBytes_ContainerOfVersionTwo_IsTheLimitLessWhatIsTaken()
    {
        Group("", ("memory.max", "8000\n"), ("memory.current", "6500\n"), ("memory.stat", "anon 6000\ninactive_file 400\nactive_file 100\n"));

        Assert.Equal(8000 - 6500 + 400, Available("0::/"));
    }

    [Fact]
    public void AvailableBytes_LimitsOnSeveralLevels_TheTightestCounts()
    {
        Group("a", ("memory.max", "5000"), ("memory.current", "4000"));
        Group("a/b", ("memory.max", "9000"), ("memory.current", "10"));
        Group("a/b/c", ("memory.max", "max"), ("memory.current", "10"));

        Assert.Equal(1000, Available("0::/a/b/c"));
    }

    [Fact]
    public void AvailableBytes_VersionOne_ReadsItsNames()
    {
        Group("memory", ("memory.limit_in_bytes", "3000"), ("memory.usage_in_bytes", "1000"), ("memory.stat", "inactive_file 7\ntotal_inactive_file 500\n"));

        // Inside a container the path is that of the host.
        Assert.Equal(2500, Available("7:cpu,cpuacct:/docker/1\n4:memory:/docker/1"));
    }

    [Fact]
    public void AvailableBytes_MoreTakenThanAllowed_IsNothing()
    {
        Group("", ("memory.max", "100"), ("memory.current", "130"));

        Assert.Equal(0, Available("0::/"));
    }

    [Theory]
    [InlineData("0::/")]
    [InlineData("")]
    [InlineData("nonsense")]
    public void AvailableBytes_WithoutALimit_IsUnknown(string memberships)
    {
        Group("", ("memory.max", "max"), ("memory.current", "130"));

        Assert.Null(Available(memberships));
    }

    [Fact]
    public void AvailableBytes_ThisMachine_CanBeRead() => Assert.True(ControlGroup.AvailableBytes() is null or >= 0);

    private long? Available(string memberships)
    {
        var path = Path.Combine(_files, "self");
        File.WriteAllText(path, memberships);
        return ControlGroup.AvailableBytes(_files, path);
    }

    private void Group(string folder, params (string Name, string Text)[] contents)
    {
        var path = Directory.CreateDirectory(Path.Combine(_files, folder)).FullName;
        foreach (var (name, text) in contents)
        {
            File.WriteAllText(Path.Combine(path, name), text);
        }
    }
}
