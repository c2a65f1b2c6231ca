using System.Text;
using InferServe.LoadTests.Http;
using InferServe.LoadTests.Measuring;

namespace InferServe.UnitTests.LoadTests.Http;

public sealed class AnswerReaderTests
{
    [Fact]
    public void OnEvent_ChatStream_ArrivalsOfChunksWithText()
    {
        AnswerReader reader = Read(
            """{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""",
            """{"choices":[{"index":0,"delta":{"reasoning_content":"hm"}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"Hello"}}]}""",
            """{"choices":[{"index":0,"delta":{"content":" world"}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0}]}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}""",
            """{"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":4,"total_tokens":9,"prompt_tokens_details":{"cached_tokens":2}}}""",
            "[DONE]",
            "not read any more");

        Assert.Equal([1, 2, 3, 4], reader.Arrivals);
        Assert.Equal("Hello world", reader.Text);
        Assert.Equal("stop", reader.FinishReason);
        Assert.Equal(new AnswerUsage(5, 4, 9, 2), reader.Usage);
        Assert.True(reader.IsDone);
        Assert.Null(reader.Error);
    }

    [Fact]
    public void OnEvent_CompletionsStream_ReadsText()
    {
        AnswerReader reader = Read("""{"choices":[{"index":0,"text":"a","finish_reason":null}]}""", """{"choices":[{"index":0,"text":"b"}]}""");

        Assert.Equal("ab", reader.Text);
        Assert.Equal([0, 1], reader.Arrivals);
        Assert.False(reader.IsDone);
    }

    [Theory]
    [InlineData("""{"error":{"message":"x","type":"server_error","code":"worker_lost"}}""", "stream error worker_lost")]
    [InlineData("""{"error":{"message":"x","type":"server_error","code":null}}""", "stream error server_error")]
    [InlineData("""{"error":"x"}""", "stream error")]
    [InlineData("{", ErrorNames.BadChunk)]
    [InlineData("7", ErrorNames.BadChunk)]
    [InlineData("""{"choices":[7]}""", ErrorNames.BadChunk)]
    public void OnEvent_BadChunk_NamesTheError(string chunk, string error)
    {
        Assert.Equal(error, Read(chunk).Error);
    }

    [Fact]
    public void OnEvent_RandomlyDamagedChunks_NeverThrows()
    {
        const string chunk =
            """{"id":"x","choices":[{"index":0,"delta":{"content":"Hällo"},"finish_reason":null}],"usage":{"prompt_tokens":5,"prompt_tokens_details":{}}}""";
        var random = new Random(12);
        for (int round = 0; round < 5000; round++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(chunk);
            for (int change = random.Next(4); change >= 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var reader = new AnswerReader();
            reader.OnEvent(bytes.AsSpan(0, random.Next(bytes.Length + 1)));
            Assert.True(reader.Error is null or ErrorNames.BadChunk || reader.Error.StartsWith("stream error", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(5, 4, 9, 0, null)]
    [InlineData(0, 4, 4, 0, "no prompt tokens")]
    [InlineData(5, 2, 7, 0, "fewer tokens than chunks")]
    [InlineData(5, 9, 14, 0, "more tokens than max_tokens")]
    [InlineData(5, 4, 8, 0, "total is not prompt + completion")]
    [InlineData(5, 4, 9, 6, "more cached tokens than prompt tokens")]
    public void Find_Usage_HeldAgainstWhatCame(int prompt, int completion, int total, int cached, string? mistake)
    {
        Assert.Equal(mistake, UsageCheck.Find(new AnswerUsage(prompt, completion, total, cached), chunks: 3, mostTokens: 8));
    }

    private static AnswerReader Read(params string[] events)
    {
        var reader = new AnswerReader();
        foreach ((int index, string text) in events.Index())
        {
            reader.Now = index;
            reader.OnEvent(Encoding.UTF8.GetBytes(text));
        }

        return reader;
    }
}
