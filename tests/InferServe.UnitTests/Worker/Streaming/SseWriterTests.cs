using System.IO.Pipelines;
using System.Text;
using InferServe.Contracts.Errors;
using InferServe.Worker.Streaming;

namespace InferServe.UnitTests.Worker.Streaming;

public sealed class SseWriterTests
{
    private readonly Pipe _pipe = new();

    [Fact]
    public async Task FlushAsync_EventsWritten_SendsThemTogether()
    {
        var writer = new SseWriter(_pipe.Writer);
        writer.Write("{\"a\":1}"u8);
        writer.Write("{\"a\":2}"u8);
        Assert.True(writer.HasWaiting);
        Assert.False(_pipe.Reader.TryRead(out _));

        await writer.FlushAsync(CancellationToken.None);

        Assert.False(writer.HasWaiting);
        Assert.Equal("data: {\"a\":1}\n\ndata: {\"a\":2}\n\n", Read());
    }

    [Fact]
    public async Task IsFull_MuchWritten_UntilItIsSent()
    {
        var writer = new SseWriter(_pipe.Writer);
        for (var events = 0; events < 4; events++)
        {
            Assert.False(writer.IsFull);
            writer.Write(new byte[5_000]);
        }

        Assert.True(writer.IsFull);
        var flush = writer.FlushAsync(CancellationToken.None);
        Read();
        await flush;
        Assert.False(writer.IsFull);
    }

    [Fact]
    public async Task WriteDone_Always_WritesTheMark()
    {
        var writer = new SseWriter(_pipe.Writer);
        writer.WriteDone();
        await writer.FlushAsync(CancellationToken.None);

        Assert.Equal("data: [DONE]\n\n", Read());
    }

    [Fact]
    public async Task WriteError_AnyMessage_StaysOnOneLine()
    {
        var writer = new SseWriter(_pipe.Writer);
        writer.WriteError(ApiErrors.InvalidValue("two\nlines", "x"));
        await writer.FlushAsync(CancellationToken.None);

        var text = Read();
        Assert.StartsWith("data: {\"error\":{\"message\":\"two\\nlines\"", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Count(letter => letter == '\n'));
    }

    private string Read()
    {
        Assert.True(_pipe.Reader.TryRead(out var result));
        var text = Encoding.UTF8.GetString(result.Buffer);
        _pipe.Reader.AdvanceTo(result.Buffer.End);
        return text;
    }
}
