using InferServe.LoadTests.Scenarios;

namespace InferServe.UnitTests.LoadTests.Scenarios;

public sealed class PromptFileReaderTests
{
    [Fact]
    public void Read_PromptsAndMessages_BecomeConversations()
    {
        const string text = """
            {"prompt": "Hello"}
            {"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}], "max_tokens": 7}
            """;

        IReadOnlyList<FilePrompt> prompts = PromptFileReader.Read(new StringReader(text), "p.jsonl");

        Assert.Equal([new ChatMessage("user", "Hello")], prompts[0].Messages);
        Assert.Null(prompts[0].OutputTokens);
        Assert.Equal([new ChatMessage("system", "s"), new ChatMessage("user", "u")], prompts[1].Messages);
        Assert.Equal(7, prompts[1].OutputTokens);
    }

    [Theory]
    [InlineData("", "p.jsonl: the file has no prompt")]
    [InlineData("{}", "p.jsonl:1: the line needs a prompt")]
    [InlineData("""{"messages": []}""", "p.jsonl:1: the line needs a prompt")]
    [InlineData("""{"messages": [{"role": "user"}]}""", "p.jsonl:1: every message needs content as text")]
    [InlineData("""{"prompt": "x", "max_tokens": 0}""", "p.jsonl:1: max_tokens must be a whole number from 1")]
    [InlineData("""{"prompt": "\ud800"}""", "p.jsonl:1: a string is not valid Unicode")]
    [InlineData("x", "p.jsonl:1: not JSON")]
    public void Read_Mistake_NamesLineAndRule(string text, string start)
    {
        Assert.StartsWith(
            start, Assert.Throws<ScenarioException>(() => PromptFileReader.Read(new StringReader(text), "p.jsonl")).Message, StringComparison.Ordinal);
    }
}
