using System.Net.ServerSentEvents;
using System.Text;
using InferServe.LoadTests.Http;

namespace InferServe.UnitTests.LoadTests.Http;

public sealed class EventStreamParserTests
{
    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", "a|b")]
    [InlineData("data: a\r\n\r\ndata:b\r\rdata: c\n\n", "a|b|c")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData(": comment\nevent: x\nid: 1\nretry: 5\ndata: a\ndata: b\ndata\n\n", "a\nb\n")]
    [InlineData("data:  two spaces\n\n", " two spaces")]
    [InlineData("database: no\n\ndata: not ended\n", "")]
    [InlineData("data: {\"text\":\"grün 🙂\"}\n\n", "{\"text\":\"grün 🙂\"}")]
    public void Feed_Text_GivesItsEventsWhereverItIsCut(string text, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(expected, string.Join('|', Events(bytes.AsSpan(0, cut).ToArray(), bytes.AsSpan(cut).ToArray())));
        }
    }

    [Fact]
    public void Feed_RandomStreams_AgreeWithTheFrameworksParser()
    {
        var random = new Random(11);
        string[] pieces = ["data", ":", " ", "\n", "\r", "\r\n", "\n\n", "a", "é", "data: ", "event: x", "id", "\uFEFF", "{}", "[DONE]"];
        for (int round = 0; round < 3000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            int first = random.Next(bytes.Length + 1), second = random.Next(first, bytes.Length + 1);

            // The framework's parser hands over an event without data as an empty one; it means nothing here.
            string[] expected = [.. SseParser.Create(new MemoryStream(bytes)).Enumerate().Select(item => item.Data).Where(data => data.Length > 0)];
            string[] actual = [.. Events(bytes[..first], bytes[first..second], bytes[second..]).Where(data => data.Length > 0)];

            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Feed_EventAboveTheBound_Refused()
    {
        byte[] block = new byte[1 << 20];
        block.AsSpan().Fill((byte)'a');

        Assert.Throws<InvalidDataException>(() => Events([.. Enumerable.Repeat(block, 9)]));
    }

    private static List<string> Events(params byte[][] parts)
    {
        var receiver = new Receiver();
        var parser = new EventStreamParser();
        foreach (byte[] part in parts)
        {
            parser.Feed(part, receiver);
        }

        return receiver.Events;
    }

    private sealed class Receiver : IEventReceiver
    {
        public List<string> Events { get; } = [];

        public void OnEvent(ReadOnlySpan<byte> data) => Events.Add(Encoding.UTF8.GetString(data));
    }
}
