using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class BoundedLineReaderTests
{
    [Fact]
    public async Task ReadLines_AnyLineEnd_SplitsAndSkipsEmptyLines()
        => Assert.Equal(["a", "b", "c"], await ReadAsync("a\n\r\nb\r\nc", 10));

    [Fact]
    public async Task ReadLines_LongLine_IsCutAndTheNextIsWhole()
        => Assert.Equal(["xxxx", "next"], await ReadAsync(new string('x', 100_000) + "\nnext\n", 4));

    private static async Task<List<string>> ReadAsync(string text, int maxLength)
    {
        var lines = new List<string>();
        await foreach (var line in BoundedLineReader.ReadLinesAsync(new StringReader(text), maxLength))
        {
            lines.Add(line);
        }

        return lines;
    }
}
