namespace InferServe.Grammar;

/// <summary>
/// How a model family writes tool calls as JSON: a text, an object with name and arguments or a list of such objects, a text. White space
/// between them is free.
/// </summary>
public sealed record ToolCallFormat
{
    /// <summary>As Hermes and Qwen write it.</summary>
    public static ToolCallFormat Hermes { get; } = new() { Prefix = "<tool_call>", Suffix = "</tool_call>" };

    /// <summary>The text before the JSON; may be empty.</summary>
    public required string Prefix { get; init; }

    /// <summary>The text behind the JSON; may be empty.</summary>
    public required string Suffix { get; init; }

    public string NameKey { get; init; } = "name";

    public string ArgumentsKey { get; init; } = "arguments";

    /// <summary>Whether the JSON is a list of calls, so that prefix and suffix stand once.</summary>
    public bool IsList { get; init; }

    /// <summary>What stands between calls that are no list, beside white space.</summary>
    public string Separator { get; init; } = "";

    /// <summary>Most calls where several are allowed.</summary>
    public int MaxCalls { get; init; } = 64;
}
