using System.IO.Pipelines;
using System.Text;
using InferServe.Gateway.Routing;

namespace InferServe.UnitTests.Gateway.Routing;

public sealed class WholeEventStreamTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("data: 1", 0)]
    [InlineData("data: 1\n", 0)]
    [InlineData("data: 1\n\n", 9)]
    [InlineData("data: 1\n\ndata: 2", 9)]
    [InlineData("data: 1\r\n\r\nd", 11)]
    [InlineData("\n\n\n", 3)]
    public void WholeLength_Bytes_EndsBehindTheLastBlankLine(string text, int length)
        => Assert.Equal(length, WholeEventStream.WholeLength(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task Read_EventInParts_ArrivesWhole()
    {
        var pipe = new Pipe();
        await using var stream = Wrap(pipe);
        await WriteAsync(pipe, "data: 1\n\nda");
        Assert.Equal("data: 1\n\n", await ReadOnceAsync(stream));

        var second = ReadOnceAsync(stream);
        await WriteAsync(pipe, "ta: 2\n");
        Assert.False(second.IsCompleted);
        await WriteAsync(pipe, "\n");

        Assert.Equal("data: 2\n\n", await second);
    }

    [Fact]
    public async Task Read_CleanEnd_PassesEverythingWithoutFarewell()
    {
        var pipe = new Pipe();
        await using var stream = Wrap(pipe);
        await WriteAsync(pipe, "data: 1\n\ndata: rest");
        await pipe.Writer.CompleteAsync();

        Assert.Equal("data: 1\n\ndata: rest", await ReadAllAsync(stream));
    }

    [Fact]
    public async Task Read_BrokenOff_DropsTheUnfinishedEventAndSaysFarewell()
    {
        var pipe = new Pipe();
        await using var stream = Wrap(pipe);
        await WriteAsync(pipe, "data: 1\n\ndata: {\"unfin");
        Assert.Equal("data: 1\n\n", await ReadOnceAsync(stream));
        await pipe.Writer.CompleteAsync(new IOException("gone"));

        Assert.Equal("farewell: gone", await ReadAllAsync(stream));
    }

    [Fact]
    public async Task Read_Expired_SaysFarewell()
    {
        using var expired = new CancellationTokenSource();
        var pipe = new Pipe();
        await using var stream = Wrap(pipe, expired.Token);
        var reading = ReadAllAsync(stream);
        await expired.CancelAsync();

        Assert.StartsWith("farewell", await reading, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_CancelledByTheReader_IsCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await using var stream = Wrap(new Pipe());
        var reading = stream.ReadAsync(new byte[10], cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
    }

    [Fact]
    public async Task Read_SmallBufferAndLongEvents_LosesNothing()
    {
        var text = string.Concat(Enumerable.Range(0, 50).Select(index => $"data: {new string((char)('a' + (index % 26)), index * 400)}\n\n"));
        await using var stream = new WholeEventStream(new MemoryStream(Encoding.UTF8.GetBytes(text)), _ => [], CancellationToken.None);
        var read = new List<byte>();
        var buffer = new byte[7];
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            read.AddRange(buffer[..count]);
        }

        Assert.Equal(text, Encoding.UTF8.GetString([.. read]));
    }

    private static WholeEventStream Wrap(Pipe pipe, CancellationToken expired = default)
        => new(pipe.Reader.AsStream(), failure => Encoding.UTF8.GetBytes($"farewell: {failure.Message}"), expired);

    private static async Task WriteAsync(Pipe pipe, string text) => await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ReadOnceAsync(Stream stream)
    {
        var buffer = new byte[1_000];
        return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer));
    }

    private static async Task<string> ReadAllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return Encoding.UTF8.GetString(all.ToArray());
    }
}
