using InferServe.Worker.Answers;
using InferServe.Worker.Tools;

namespace InferServe.UnitTests.Worker.Tools;

public sealed class ToolCallParserTests
{
    [Theory]
    [InlineData("<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}\n</tool_call>", "f({\"a\": 1})")]
    [InlineData("<tool_call>{\"name\":\"f\"}</tool_call>", "f({})")]
    [InlineData("Let me see.\n<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call>", "Let me see.|f({})")]
    [InlineData("<tool_call>{\"name\":\"f\"}</tool_call>\n<tool_call>{\"name\":\"g\"}</tool_call>\n", "f({})|g({})")]
    [InlineData("<tool_call>{\"name\":\"f\"}</tool_call> done", "f({})| done")]
    [InlineData("<tool_call>{\"name\":\"f\",\"arguments\":{\"s\":\"</x> <tool_call>\"}}</tool_call>", "f({\"s\":\"</x> <tool_call>\"})")]
    [InlineData("plain <b>text</b> < tool_call> ", "plain <b>text</b> < tool_call> ")]
    [InlineData("<tool_call>not json</tool_call>", "<tool_call>not json</tool_call>")]
    [InlineData("a <tool_call>{\"name\":5}</tool_call>", "a <tool_call>{\"name\":5}</tool_call>")]
    [InlineData("<tool_call>{\"name\":\"\"}</tool_call>", "<tool_call>{\"name\":\"\"}</tool_call>")]
    [InlineData("<tool_call>{\"name\":\"f\",\"arguments\":\"x\"}</tool_call>", "<tool_call>{\"name\":\"f\",\"arguments\":\"x\"}</tool_call>")]
    [InlineData("<tool_call>{\"name\":\"\\ud800\"}</tool_call>", "<tool_call>{\"name\":\"\\ud800\"}</tool_call>")]
    [InlineData("<tool_call>{\"name\":\"f\"", "<tool_call>{\"name\":\"f\"")]
    [InlineData("<tool_call>{\"name\":\"f\"}</tool_call>\n<tool_call>{\"na", "f({})|\n<tool_call>{\"na")]
    [InlineData("<tool_call>{\"name\":\"f\",\"arguments\":{\"s\":\"</tool_call>\"}}</tool_call>", "f({\"s\":\"</tool_call>\"})")]
    [InlineData("<tool_call>{\"name\":\"f}</tool_call> <tool_call>{\"name\":\"g\"}</tool_call>", "<tool_call>{\"name\":\"f}</tool_call>|g({})")]
    [InlineData("<tool_call>{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}", "f({\"a\":1})")]
    [InlineData("<tool_call>{\"function\":{\"name\":\"f\"}}</tool_call>", "f({})")]
    [InlineData("text <tool_c", "text <tool_c")]
    [InlineData("\n ", "\n ")]
    public void Append_AnyCutIntoPieces_FindsTheSameCallsAndText(string text, string expected)
    {
        foreach (var pieces in Cuts.Of(text))
        {
            var parser = new ToolCallParser(ToolFormats.Default, []);
            var found = pieces.SelectMany(parser.Append).ToList();
            found.AddRange(parser.Flush());

            Assert.Equal(expected, Parts.Show(found));
        }
    }

    [Fact]
    public void Append_TextWithoutCalls_IsPassedOnAtOnce()
    {
        var parser = new ToolCallParser(ToolFormats.Default, []);

        Assert.Equal([new AnswerPart.Text("Hello")], parser.Append("Hello"));
        Assert.Equal([new AnswerPart.Text(" world <b>")], parser.Append(" world <b>"));
    }

    [Fact]
    public void Append_Call_IsPassedOnWithItsClosingTag()
    {
        var parser = new ToolCallParser(ToolFormats.Default, []);

        Assert.Empty(parser.Append("<tool_call>{\"name\":\"f\"}</tool_call"));
        Assert.Equal([new AnswerPart.Call("f", "{}")], parser.Append(">"));
    }
}
