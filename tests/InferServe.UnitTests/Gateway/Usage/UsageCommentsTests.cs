using System.Text;
using InferServe.Contracts.Workers;
using InferServe.Gateway.Routing;
using InferServe.Gateway.Usage;

namespace InferServe.UnitTests.Gateway.Usage;

public sealed class UsageCommentsTests
{
    [Theory]
    [InlineData("data: a\n\n", "data: a\n\n", null)]
    [InlineData(": usage 1 2 3 4\n\n", "", 2)]
    [InlineData(": usage 1 2 3 4\n\ndata: a\n\n: usage 1 5 3 4\n\ndata: b\n\n", "data: a\n\ndata: b\n\n", 5)]
    [InlineData("data: x\n\n: usage 1 2 3 4\n\n: usage 1 9 3 4\n\n", "data: x\n\n", 9)]
    [InlineData("data: say : usage 1 2 3 4\n\n", "data: say : usage 1 2 3 4\n\n", null)]
    [InlineData(": usage of the server\n\ndata: a\n\n", ": usage of the server\n\ndata: a\n\n", null)]
    public void TakeOut_Events_LeavesEverythingElse(string events, string kept, int? completionTokens)
    {
        var bytes = Encoding.UTF8.GetBytes(events);

        var length = UsageComments.TakeOut(bytes, out var note);

        Assert.Equal(kept, Encoding.UTF8.GetString(bytes, 0, length));
        Assert.Equal(completionTokens, note?.CompletionTokens);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(4096)]
    public async Task Stream_NotesCutAnywhere_ReachTheGatewayAndNotTheClient(int chunk)
    {
        var text = string.Concat(Enumerable.Range(1, 50).Select(index => $": usage 7 {index} 0 0\n\ndata: {{\"token\":{index}}}\n\n")) + "data: [DONE]\n\n";
        var notes = new List<UsageNote>();
        using var stream = new WholeEventStream(new SlowStream(text, chunk), _ => [], CancellationToken.None, notes.Add);

        using var reader = new StreamReader(stream);
        var received = await reader.ReadToEndAsync();

        Assert.Equal(string.Concat(Enumerable.Range(1, 50).Select(index => $"data: {{\"token\":{index}}}\n\n")) + "data: [DONE]\n\n", received);
        Assert.Equal(new UsageNote(7, 50, 0, 0), notes[^1]);
    }

    [Fact]
    public async Task Stream_ANoteBehindAnEventLongerThanTheBuffer_IsTakenOut()
    {
        var text = $"data: {new string('x', 3 * 1024 * 1024)}\n\n: usage 1 2 0 0\n\ndata: y\n\n";
        UsageNote? noted = null;
        using var stream = new WholeEventStream(new SlowStream(text, 100_003), _ => [], CancellationToken.None, note => noted = note);

        using var reader = new StreamReader(stream);
        var received = await reader.ReadToEndAsync();

        Assert.EndsWith("xx\n\ndata: y\n\n", received, StringComparison.Ordinal);
        Assert.Equal(2, noted?.CompletionTokens);
    }

    /// <summary>Gives at most so many bytes at once.</summary>
    private sealed class SlowStream(string text, int chunk) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
