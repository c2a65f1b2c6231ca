using System.Text;
using InferServe.Grammar;
using InferServe.Worker.Answers;
using InferServe.Worker.Reasoning;
using InferServe.Worker.Tools;

namespace InferServe.UnitTests.Worker.Tools;

/// <summary>The grammar of each format allows what the format's parser reads as calls, and nothing that breaks the schema.</summary>
public sealed class ToolFormatGrammarTests
{
    private const int End = 256;
    private static readonly ToolGrammar[] Functions = [TestTools.Of("f"), TestTools.Of("g")];

    private static readonly string[] Arguments =
        ["{\"a\": \"x\"}", "{a:<escape>x<escape>}", "{a:<|\"|>x<|\"|>}", "(a=\"x\")", "a>\nx", "a>x", "a</arg_key>\n<arg_value>x"];

    private static readonly GrammarCompiler Compiler = new(Vocabulary.Create(
        [.. Enumerable.Range(0, 256).Select(value => (ReadOnlyMemory<byte>?)new[] { (byte)value }), null], [End]));

    public static TheoryData<string, string, string> Calls => new()
    {
        { "hermes", "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}}\n</tool_call>", "{\"n\": 1}" },
        { "llama3", "{\"name\": \"f\", \"parameters\": {\"a\": \"x\"}}", "{\"n\": 1}" },
        { "mistral", "[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}}]", "{\"n\": 1}" },
        { "mistral-v11", "[TOOL_CALLS]f[ARGS]{\"a\": \"x\"}", "{\"n\": 1}" },
        { "phi-4-mini", "<|tool_call|>[{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}}]<|/tool_call|>", "{\"n\": 1}" },
        { "functools", "functools[{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}}]", "{\"n\": 1}" },
        { "granite", "<|tool_call|>[{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}}]", "{\"n\": 1}" },
        { "command-r", "<|START_ACTION|>[{\"tool_name\": \"f\", \"parameters\": {\"a\": \"x\"}}]<|END_ACTION|>", "{\"n\": 1}" },
        { "jamba", "<tool_calls>[{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}}]</tool_calls>", "{\"n\": 1}" },
        { "nemotron", "<TOOLCALL>[{\"name\": \"f\", \"arguments\": {\"a\": \"x\"}}]</TOOLCALL>", "{\"n\": 1}" },
        { "functionary", "<function=f>{\"a\": \"x\"}</function>", "{\"n\": 1}" },
        { "deepseek", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>f\n```json\n{\"a\": \"x\"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>", "{\"n\": 1}" },
        { "deepseek-v3.1", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>f<｜tool▁sep｜>{\"a\": \"x\"}<｜tool▁call▁end｜><｜tool▁calls▁end｜>", "{\"n\": 1}" },
        { "qwen3-coder", "<tool_call>\n<function=f>\n<parameter=a>\nx\n</parameter>\n</function>\n</tool_call>", "n>\n1.5" },
        { "seed-oss", "<seed:tool_call>\n<function=f>\n<parameter=a>x</parameter>\n</function>\n</seed:tool_call>", "n>1.5" },
        { "glm", "<tool_call>f\n<arg_key>a</arg_key>\n<arg_value>x</arg_value>\n</tool_call>", "n</arg_key>\n<arg_value>1.5" },
        { "gemma-functions", "<start_function_call>call:f{a:<escape>x<escape>}<end_function_call>", "{n:1}" },
        { "gemma-4", "<|tool_call>call:f{a:<|\"|>x<|\"|>}<tool_call|>", "{n:1}" },
        { "gemma-code", "```tool_code\nf(a=\"x\")\n```", "(n=1)" },
        { "lfm2", "<|tool_call_start|>[f(a=\"x\")]<|tool_call_end|>", "(n=1)" },
        { "olmo-3", "<function_calls>f(a=\"x\")</function_calls>", "(n=1)" },
        { "pythonic", "[f(a=\"x\")]", "(n=1)" },
        { "harmony", "<|channel|>commentary to=functions.f <|constrain|>json<|message|>{\"a\": \"x\"}", "{\"n\": 1}" },
    };

    [Fact]
    public void Calls_Cover_EveryFormat() =>
        Assert.Equal(ToolFormats.All.Select(format => format.Name).Order(), Calls.Select(row => (string)row[0]).Order());

    [Theory]
    [MemberData(nameof(Calls))]
    public void Calls_OfTheFormat_AreAllowedAndRead(string name, string call, string broken)
    {
        var format = ToolFormats.Named(name);
        var one = Compiler.Compile(format.Calls(Functions, several: false, ModelMarks.None));
        var many = Compiler.Compile(format.Calls(Functions, several: true, ModelMarks.None));
        var reasoning = ReasoningFormats.Named(name == "harmony" ? "harmony" : "none");
        var syntax = new AnswerSyntax(new AnswerFormats(format, reasoning, ModelMarks.None), reasoningOpened: false, [.. Functions.Select(one => one.Function)]);

        Assert.True(Accepts(one, call));
        Assert.True(Accepts(many, call));
        Assert.Equal("f({\"a\":\"x\"})", Parts.Of(syntax.CreateParser(), [call]).Replace(": ", ":", StringComparison.Ordinal));
        Assert.False(Accepts(many, "Hello"));
        Assert.False(Accepts(one, call.Replace("f", "h", StringComparison.Ordinal)));
        Assert.False(Accepts(one, Broken(call, broken)));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void FreeText_OfTheFormat_HoldsCallsToTheSchema(string name, string call, string broken)
    {
        var format = ToolFormats.Named(name);
        var grammar = format.Triggered(Functions, ModelMarks.None) is { } triggered
            ? Compiler.CompileTriggered(triggered)
            : Compiler.Compile(format.FreeOrCalls(Functions, several: true, ModelMarks.None));

        Assert.True(Accepts(grammar, "Hello <you>, 1 < 2"));
        Assert.True(Accepts(grammar, call));
        Assert.False(Accepts(grammar, Broken(call, broken)));
    }

    [Theory]
    [InlineData("think", false, "<think>a < b</think>\n", "<think>a")]
    [InlineData("think", false, "", "<think>a")]
    [InlineData("think", true, "so </thin ok</think>\n\n", "")]
    [InlineData("mistral", false, "[THINK]x[/THINK]", "[THINK]")]
    [InlineData("harmony", false, "<|channel|>analysis<|message|>x<|end|><|start|>assistant<|channel|>final<|message|>", "")]
    [InlineData("none", false, "", "<think></think>")]
    public void Around_Form_LetsTheModelReasonBefore(string name, bool opened, string before, string wrong)
    {
        var grammar = Compiler.Compile(ReasoningFormats.Named(name).Around(GrammarExpression.Literal("{}"), isCalls: false, opened, ModelMarks.None));

        Assert.True(Accepts(grammar, before + "{}"));
        Assert.False(Accepts(grammar, wrong + "{}"));
        Assert.False(Accepts(grammar, before + "x"));
    }

    [Theory]
    [InlineData("plain", true)]
    [InlineData("<b>x</b> </par </<</param", true)]
    [InlineData("a</parameter>b", false)]
    [InlineData("<</parameter>", false)]
    [InlineData("</parameter<</para</parameter>", false)]
    public void TextWithout_Tag_AllowsEverythingElse(string text, bool expected)
    {
        var grammar = Compiler.Compile(GrammarExpression.Sequence(TypedArguments.TextWithout("</parameter>"), GrammarExpression.Literal("!")));

        Assert.Equal(expected, Accepts(grammar, text + "!"));
    }

    private static string Broken(string call, string broken)
    {
        var arguments = Arguments.First(one => call.Contains(one, StringComparison.Ordinal));
        return call.Replace(arguments, broken, StringComparison.Ordinal);
    }

    private static bool Accepts(ITokenGrammar grammar, string text)
    {
        ITokenConstraint constraint = grammar.Start();
        return Encoding.UTF8.GetBytes(text).Select(value => (int)value).Append(End).All(constraint.TryAccept);
    }
}
