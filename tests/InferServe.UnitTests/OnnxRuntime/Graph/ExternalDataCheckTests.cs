using InferServe.OnnxRuntime.Graph;

namespace InferServe.UnitTests.OnnxRuntime.Graph;

public sealed class ExternalDataCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inferserve-").FullName;

    public ExternalDataCheckTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        File.WriteAllBytes(Path.Combine(_folder, "data", "w.bin"), new byte[100]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Problems_EveryRangeInItsFile_None() =>
        Assert.Empty(Problems(Outside("a", "data/w.bin", 0, 60), Outside("b", "data/w.bin", 60, 40), Outside("c", "data/w.bin", 90, null), new WeightTensor("d", 4, null)));

    [Theory]
    [InlineData(61, 40L, "40 bytes from byte 61 on")]
    [InlineData(0, long.MaxValue, "9223372036854775807 bytes from byte 0 on")]
    [InlineData(101, null, "from byte 101 on")]
    public void Problems_RangeBeyondTheFile_NamesWeightAndSizes(long offset, long? length, string what) => Assert.Equal(
        [$"the data file 'data/w.bin' is too short: it has 100 bytes, but the weight 'b' takes {what}"],
        Problems(Outside("a", "data/w.bin", 0, 60), Outside("b", "data/w.bin", offset, length)));

    [Theory]
    [InlineData("../w.bin")]
    [InlineData("data/../../w.bin")]
    [InlineData("..\\w.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    public void Problems_PathOutOfTheFolder_IsRefused(string location) => Assert.Equal(
        [$"the data file '{location}' of the weight 'a' must be named by a path within the model folder"], Problems(Outside("a", location, 0, 4)));

    [Fact]
    public void Problems_SeveralFiles_NamesEachOnce() => Assert.Equal(
        ["the data file 'x' of the weight 'a' does not exist", "the data file 'y' of the weight 'c' does not exist"],
        Problems(Outside("a", "x", 0, 4), Outside("b", "x", 4, 4), Outside("c", "y", 0, 4)));

    private static WeightTensor Outside(string name, string location, long offset, long? length) =>
        new(name, length ?? 0, new ExternalData(location, offset, length));

    private IReadOnlyList<string> Problems(params WeightTensor[] weights) =>
        ExternalDataCheck.Problems(new GraphOutline([], new GraphSignature([], []), weights), _folder);
}
