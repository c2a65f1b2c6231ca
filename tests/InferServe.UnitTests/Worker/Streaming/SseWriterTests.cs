using System.IO.Pipelines;
using System.Text;
using InferServe.Contracts.Errors;
using InferServe.Worker.Streaming;

namespace InferServe.UnitTests.Worker.Streaming;

public sealed class SseWriterTests
{
    private readonly Pipe _pipe = new();

    [Fact]
    public async Task WriteAsync_OneEvent_CanBeReadBeforeTheNextIsWritten()
    {
        var writer = new SseWriter(_pipe.Writer);

        await writer.WriteAsync("{\"a\":1}"u8.ToArray(), CancellationToken.None);

        Assert.Equal("data: {\"a\":1}\n\n", Read());
    }

    [Fact]
    public async Task WriteDoneAsync_Always_WritesTheMark()
    {
        await new SseWriter(_pipe.Writer).WriteDoneAsync(CancellationToken.None);

        Assert.Equal("data: [DONE]\n\n", Read());
    }

    [Fact]
    public async Task WriteErrorAsync_AnyMessage_StaysOnOneLine()
    {
        await new SseWriter(_pipe.Writer).WriteErrorAsync(ApiErrors.InvalidValue("two\nlines", "x"), CancellationToken.None);

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
