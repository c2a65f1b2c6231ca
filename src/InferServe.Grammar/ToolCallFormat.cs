namespace InferServe.Grammar;

/// <summary>How a model family writes a tool call: a text, a JSON object with name and arguments, a text. White space between them is free.</summary>
public sealed record ToolCallFormat
{
    /// <summary>As Hermes and Qwen write it.</summary>
    public static ToolCallFormat Hermes { get; } = new() { Prefix = "<tool_call>", Suffix = "</tool_call>" };

    /// <summary>The text before the object; may be empty.</summary>
    public required string Prefix { get; init; }

    /// <summary>The text behind the object; may be empty.</summary>
    public required string Suffix { get; init; }

    public string NameKey { get; init; } = "name";

    public string ArgumentsKey { get; init; } = "arguments";

    /// <summary>Most calls where several are allowed.</summary>
    public int MaxCalls { get; init; } = 64;
}
