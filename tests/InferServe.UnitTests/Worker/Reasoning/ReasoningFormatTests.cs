using InferServe.Worker.Answers;
using InferServe.Worker.Reasoning;
using InferServe.Worker.Tools;

namespace InferServe.UnitTests.Worker.Reasoning;

/// <summary>What each family writes before its answer, in every cut of the text.</summary>
public sealed class ReasoningFormatTests
{
    private const string Harmony = "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant";

    [Theory]
    [InlineData("think", "hermes", "<think>\nhm\n</think>\n\nYes <tool_call>{\"name\":\"f\"}</tool_call>", "[hm]|Yes|f({})")]
    [InlineData("mistral", "mistral", "[THINK]hm[/THINK]Yes[TOOL_CALLS][{\"name\":\"f\",\"arguments\":{}}]", "[hm]|Yes|f({})")]
    [InlineData("seed-oss", "seed-oss", "<seed:think>hm</seed:think>Yes", "[hm]|Yes")]
    [InlineData("command-r", "command-r", "<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>Yes<|END_RESPONSE|>", "[hm]|Yes")]
    [InlineData("command-r", "command-r", "<|START_THINKING|>hm<|END_THINKING|><|START_ACTION|>[{\"tool_name\":\"f\",\"parameters\":{}}]<|END_ACTION|>", "[hm]|f({})")]
    [InlineData("granite", "granite", "<think>hm</think><response>Yes</resp.</response> ", "[hm]|Yes</resp.")]
    [InlineData("granite", "granite", "Yes</response>", "Yes</response>")]
    [InlineData("granite-3.2", "granite", "Here is my thought process: hm Here is my response: Yes", "[hm]|Yes")]
    [InlineData("gemma-4", "gemma-4", "<|channel>thought\nhm<channel|>Yes", "[hm]|Yes")]
    [InlineData("none", "hermes", "<think>hm</think>Yes", "<think>hm</think>Yes")]
    [InlineData("harmony", "harmony", Harmony + "<|channel|>final<|message|>Yes.<|return|>", "[Hm.]|Yes.")]
    [InlineData("harmony", "harmony", Harmony + "<|channel|>commentary to=functions.f <|constrain|>json<|message|>{\"a\": 1}<|call|>", "[Hm.]|f({\"a\": 1})")]
    [InlineData("harmony", "harmony", Harmony + " to=functions.f<|channel|>commentary json<|message|>{\"a\": 1}", "[Hm.]|f({\"a\": 1})")]
    [InlineData("harmony", "harmony", "<|channel|>commentary<|message|>I look.<|end|><|start|>assistant<|channel|>commentary to=functions.f<|message|>{}", "I look.|f({})")]
    [InlineData("harmony", "harmony", "<|channel|>commentary to=functions.f<|message|>{\"a\"", "<|channel|>commentary to=functions.f<|message|>{\"a\"")]
    [InlineData("harmony", "harmony", "<|channel|>analysis<|message|>cut", "[cut]")]
    [InlineData("harmony", "harmony", "Plain < text", "Plain < text")]
    [InlineData("harmony", "harmony", "<|channel|>anal", "")]
    public void Append_AnyCutIntoPieces_FindsTheSame(string reasoning, string tools, string text, string expected)
    {
        var syntax = new AnswerSyntax(new AnswerFormats(ToolFormats.Named(tools), ReasoningFormats.Named(reasoning), ModelMarks.None), reasoningOpened: false, []);
        foreach (var pieces in Cuts.Of(text))
        {
            Assert.Equal(expected, Parts.Of(syntax.CreateParser(), pieces));
        }
    }

    [Fact]
    public void Append_HarmonyWithoutTools_LeavesCallsText()
    {
        const string Text = "<|channel|>commentary to=functions.f<|message|>{}";
        var syntax = new AnswerSyntax(new AnswerFormats(ToolFormats.Named("harmony"), ReasoningFormats.Named("harmony"), ModelMarks.None), reasoningOpened: false, null);

        Assert.Equal("{}", Parts.Of(syntax.CreateParser(), [Text]));
    }

    [Fact]
    public void Append_Text_GoesOutAsItComes()
    {
        var parser = ReasoningFormats.Named("harmony").CreateParser(opened: false, new PlainParser(), toolFormat: null, []);

        Assert.Empty(parser.Append("<|channel|>analysis<|message|>"));
        Assert.Equal([new AnswerPart.Reasoning("Let me")], parser.Append("Let me"));
        Assert.Equal([new AnswerPart.Reasoning(" see")], parser.Append(" see<|end|><|start|>assistant<|channel|>final<|message|>"));
        Assert.Equal([new AnswerPart.Text("Yes")], parser.Append("Yes"));
    }

    [Theory]
    [InlineData("think", "…<|assistant|><think>\n", true)]
    [InlineData("think", "…<|assistant|>", false)]
    [InlineData("none", "…<think>", false)]
    public void IsOpenedBy_Prompt_TellsByItsEnd(string format, string prompt, bool expected) =>
        Assert.Equal(expected, ReasoningFormats.Named(format).IsOpenedBy(prompt));
}
