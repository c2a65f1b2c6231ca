using InferServe.Contracts.Models;
using InferServe.Worker.Reasoning;
using InferServe.Worker.Tools;

namespace InferServe.UnitTests.Worker.Tools;

/// <summary>What each family writes, in every cut of the text.</summary>
public sealed class ToolFormatTests
{
    private static readonly ToolFunction[] Functions = [TestTools.Of("f").Function, TestTools.Of("g").Function];

    [Theory]
    [InlineData("llama3", """{"name": "f", "parameters": {"a": "x"}}""", """f({"a": "x"})""")]
    [InlineData("llama3", """ {"name": "f", "parameters": {"a": "}"}}; {"name": "g", "parameters": {}}""", """f({"a": "}"})|g({})""")]
    [InlineData("llama3", """<|python_tag|>{"type":"function","name":"f","parameters":{"n":1}}""", """f({"n":1})""")]
    [InlineData("llama3", """Sure.<|python_tag|>f.call(a="x", n=2)""", """Sure.|f({"a":"x","n":2})""")]
    [InlineData("llama3", """{"name": "Ada", "age": 36} is JSON""", """Ada({})| is JSON""")]
    [InlineData("llama3", """{"title": {"a": 1}}""", """{"title": {"a": 1}}""")]
    [InlineData("llama3", """Use {"name": "f", "parameters": {}}""", """Use {"name": "f", "parameters": {}}""")]
    [InlineData("llama3", """{"name": "f", "para""", """{"name": "f", "para""")]
    [InlineData("mistral", """[TOOL_CALLS][{"name": "f", "arguments": {"a": "]"}}, {"name": "g", "arguments": {}, "id": "abcdefghi"}]""", """f({"a": "]"})|g({})""")]
    [InlineData("mistral", """[TOOL_CALLS] [{"name": 5}]""", """[TOOL_CALLS] [{"name": 5}]""")]
    [InlineData("mistral-v11", """ok [TOOL_CALLS]f[ARGS]{"a": "x"}[TOOL_CALLS]g[CALL_ID]abcdefghi[ARGS]{}""", """ok|f({"a": "x"})|g({})""")]
    [InlineData("mistral-v11", """[TOOL_CALLS]f{"a": {"b": 1}}""", """f({"a": {"b": 1}})""")]
    [InlineData("mistral-v11", "[TOOL_CALLS]f[ARGS]{\"a\"", "[TOOL_CALLS]f[ARGS]{\"a\"")]
    [InlineData("phi-4-mini", """<|tool_call|>[{"name": "f", "arguments": {"a": "x"}}]<|/tool_call|>""", """f({"a": "x"})""")]
    [InlineData("functools", """functools[{"name": "f", "arguments": {}}, {"name": "g", "arguments": {"n": 1}}]""", """f({})|g({"n": 1})""")]
    [InlineData("granite", """<|tool_call|>[{"name": "f", "arguments": {}}]""", "f({})")]
    [InlineData("granite", "<|tool_call|> none", "<|tool_call|> none")]
    [InlineData("command-r", """<|START_ACTION|>[{"tool_call_id": "0", "tool_name": "f", "parameters": {"a": "x"}}]<|END_ACTION|>""", """f({"a": "x"})""")]
    [InlineData("jamba", """<tool_calls>[{"name": "f", "arguments": {}}]</tool_calls> ok""", "f({})| ok")]
    [InlineData("functionary", """<function=f>{"a": "</function>"}</function><function=g>{}</function>""", """f({"a": "</function>"})|g({})""")]
    [InlineData("functionary", "<function=f>x</function>", "<function=f>x</function>")]
    [InlineData("deepseek", "so <｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>f\n```json\n{\"a\": 1}\n```<｜tool▁call▁end｜>\n<｜tool▁call▁begin｜>function<｜tool▁sep｜>g\n```json\n{}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>", "so|f({\"a\": 1})|g({})")]
    [InlineData("deepseek-v3.1", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>f<｜tool▁sep｜>{\"a\": 1}<｜tool▁call▁end｜>", "f({\"a\": 1})")]
    [InlineData("deepseek", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function f<｜tool▁calls▁end｜>", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function f<｜tool▁calls▁end｜>")]
    [InlineData("qwen3-coder", "<tool_call>\n<function=f>\n<parameter=a>\n12\nlines <b>\n</parameter>\n<parameter=n>\n12\n</parameter>\n</function>\n</tool_call>", "f({\"a\":\"12\\nlines <b>\",\"n\":12})")]
    [InlineData("qwen3-coder", "<tool_call>\n<function=h>\n<parameter=x>\n[1, {\"y\": true}]\n</parameter>\n<parameter=z>\nTrue\n</parameter>\n</function>\n</tool_call>\n<tool_call><function=g></function></tool_call>", "h({\"x\":[1,{\"y\":true}],\"z\":true})|g({})")]
    [InlineData("qwen3-coder", "<tool_call>\n<function=f>\n<parameter=a>\nx\n</function>\n</tool_call>", "<tool_call>\n<function=f>\n<parameter=a>\nx\n</function>\n</tool_call>")]
    [InlineData("seed-oss", "<seed:tool_call>\n<function=f>\n<parameter=a>x</parameter>\n</function>\n</seed:tool_call>", "f({\"a\":\"x\"})")]
    [InlineData("glm", "<tool_call>f\n<arg_key>a</arg_key>\n<arg_value>17</arg_value>\n<arg_key>n</arg_key>\n<arg_value>17</arg_value>\n</tool_call>", "f({\"a\":\"17\",\"n\":17})")]
    [InlineData("glm", "<tool_call>g</tool_call>", "g({})")]
    [InlineData("gemma-functions", "<start_function_call>call:f{a:<escape>x, {y}<escape>,n:1,l:[<escape>p<escape>,true]}<end_function_call>", "f({\"a\":\"x, {y}\",\"n\":1,\"l\":[\"p\",true]})")]
    [InlineData("gemma-4", "<|tool_call>call:f{o:{k:<|\"|>v<|\"|>}}<tool_call|><|tool_call>call:g{}<tool_call|>", "f({\"o\":{\"k\":\"v\"}})|g({})")]
    [InlineData("gemma-code", "I look.\n```tool_code\nf(a='x', n=-1.5)\n```", "I look.|f({\"a\":\"x\",\"n\":-1.5})")]
    [InlineData("lfm2", "<|tool_call_start|>[f(a=\"x\", l=[1, 2]), g()]<|tool_call_end|>Done", "f({\"a\":\"x\",\"l\":[1,2]})|g({})|Done")]
    [InlineData("lfm2", "<|tool_call_start|>[{\"name\": \"f\", \"arguments\": {\"a\": 1}}]<|tool_call_end|>", "f({\"a\": 1})")]
    [InlineData("olmo-3", "<function_calls>f(a=\"x\")\ng()</function_calls>", "f({\"a\":\"x\"})|g({})")]
    [InlineData("pythonic", "[f(a='it\\'s ]', d={'k': None, \"t\": True}), g()]", "f({\"a\":\"it's ]\",\"d\":{\"k\":null,\"t\":true}})|g({})")]
    [InlineData("pythonic", "[1] says (so)", "[1] says (so)")]
    [InlineData("pythonic", "[f(x)]", "[f(x)]")]
    [InlineData("pythonic", "Call [f(a=1)]", "Call [f(a=1)]")]
    public void Append_AnyCutIntoPieces_FindsTheSame(string format, string text, string expected)
    {
        foreach (var pieces in Cuts.Of(text))
        {
            Assert.Equal(expected, Parts.Of(new ToolCallParser(ToolFormats.Named(format), Functions), pieces));
        }
    }

    [Fact]
    public void Names_AreThoseOfTheSettings()
    {
        Assert.Equal(AnswerFormatNames.Tools, ToolFormats.All.Select(format => format.Name).Order(StringComparer.Ordinal));
        Assert.Equal(AnswerFormatNames.Reasoning, ReasoningFormats.All.Select(format => format.Name).Order(StringComparer.Ordinal));
        Assert.Contains("known are command-r,", Assert.Throws<ArgumentException>(() => ToolFormats.Named("x")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ '<tool_call>' }}", "hermes", "none")]
    [InlineData("<tool_call> <function=x> <parameter=y>", "qwen3-coder", "none")]
    [InlineData("<seed:tool_call> <function=x> <parameter=y> <seed:think>", "seed-oss", "seed-oss")]
    [InlineData("<|start_header_id|> <|python_tag|>", "llama3", "none")]
    [InlineData("[TOOL_CALLS] [ARGS] [THINK] [/THINK]", "mistral-v11", "mistral")]
    [InlineData("[TOOL_CALLS]", "mistral", "none")]
    [InlineData("<|start|> <|channel|> <|message|>", "harmony", "harmony")]
    [InlineData("<｜tool▁calls▁begin｜> ```json </think>", "deepseek", "think")]
    [InlineData("<|START_ACTION|> <|START_THINKING|>", "command-r", "command-r")]
    [InlineData("<|start_of_role|> <|tool_call|> <think></think> <response>", "granite", "granite")]
    [InlineData("<|tool|> <|/tool|>", "phi-4-mini", "none")]
    [InlineData("nothing known", "hermes", "none")]
    public void Recognise_Template_TellsTheFormats(string template, string tools, string reasoning) => Assert.Equal(
        (tools, reasoning), (ToolFormats.Recognise([template]).Name, ReasoningFormats.Recognise([template]).Name));

    [Fact]
    public void NewCallId_OfMistral_IsWhatItsTemplatesAccept()
    {
        Assert.Matches("^[0-9A-Za-z]{9}$", ToolFormats.Named("mistral").NewCallId());
        Assert.StartsWith("call_", ToolFormats.Default.NewCallId(), StringComparison.Ordinal);
    }

    [Fact]
    public void Append_ManyUnendedCalls_TakesLinearTime()
    {
        var parser = new ToolCallParser(ToolFormats.Default, []);
        var text = string.Concat(Enumerable.Repeat("<tool_call>", 200_000));

        Assert.Equal(text, Parts.Of(parser, [text[..7], text[7..]]));
    }
}
