using InferServe.Contracts.Models;
using InferServe.Grammar;
using InferServe.Worker.Tools.Formats;

namespace InferServe.Worker.Tools;

/// <summary>The known forms of tool calls.</summary>
internal static class ToolFormats
{
    /// <summary>What is taken when a template shows none.</summary>
    public static ToolFormat Default { get; } = new JsonToolFormat("hermes", ToolCallFormat.Hermes, "<tool_call>");

    /// <summary>In the order in which a template is asked: the more particular form first.</summary>
    public static IReadOnlyList<ToolFormat> All { get; } =
    [
        new HarmonyToolFormat(),
        new DeepSeekToolFormat(fenced: true),
        new DeepSeekToolFormat(fenced: false),
        new MistralToolFormat(named: true),
        new MistralToolFormat(named: false),
        new JsonToolFormat(
            "command-r",
            new ToolCallFormat { Prefix = "<|START_ACTION|>", Suffix = "<|END_ACTION|>", NameKey = "tool_name", ArgumentsKey = "parameters", IsList = true },
            "<|START_ACTION|>"),
        new XmlToolFormat("seed-oss", "<seed:tool_call>", "</seed:tool_call>", ownLines: false),
        new XmlToolFormat("qwen3-coder", "<tool_call>", "</tool_call>", ownLines: true, excluded: "<seed:tool_call>"),
        new GlmToolFormat(),
        new FunctionTagToolFormat(),
        new GemmaToolFormat("gemma-functions", "<start_function_call>", "<end_function_call>", "<escape>"),
        new GemmaToolFormat("gemma-4", "<|tool_call>", "<tool_call|>", "<|\"|>"),
        new PythonicToolFormat("gemma-code", "```tool_code\n", "\n```", isList: false, "```tool_code"),
        new PythonicToolFormat("lfm2", "<|tool_call_start|>", "<|tool_call_end|>", isList: true, "<|tool_call_start|>", "<|tool_list_start|>"),
        new PythonicToolFormat("olmo-3", "<function_calls>", "</function_calls>", isList: false, "<function_calls>"),
        new PythonicToolFormat("pythonic", "", "", isList: true, "func_name1(params_name1", "[func_name1(", "<|python_start|>"),
        new JsonToolFormat("granite", new ToolCallFormat { Prefix = "<|tool_call|>", Suffix = "", IsList = true }, "<|tool_call|>", "start_of_role"),
        new JsonToolFormat("phi-4-mini", new ToolCallFormat { Prefix = "<|tool_call|>", Suffix = "<|/tool_call|>", IsList = true }, "<|tool|>"),
        new JsonToolFormat("functools", new ToolCallFormat { Prefix = "functools", Suffix = "", IsList = true }, "functools"),
        new JsonToolFormat("nemotron", new ToolCallFormat { Prefix = "<TOOLCALL>", Suffix = "</TOOLCALL>", IsList = true }, "<TOOLCALL>"),
        new JsonToolFormat("jamba", new ToolCallFormat { Prefix = "<tool_calls>", Suffix = "</tool_calls>", IsList = true }, "<tool_calls>"),
        Default,
        new LlamaToolFormat(),
    ];

    /// <summary>The form of a name in <c>models.json</c>.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static ToolFormat Named(string name) => All.FirstOrDefault(format => format.Name == name)
        ?? throw new ArgumentException($"'{name}' is no tool format; known are {string.Join(", ", AnswerFormatNames.Tools)}.");

    /// <summary>The form that the templates show.</summary>
    public static ToolFormat Recognise(IEnumerable<string> templates)
    {
        var sources = templates.ToList();
        return All.FirstOrDefault(format => sources.Any(format.IsKnownTo)) ?? Default;
    }
}
