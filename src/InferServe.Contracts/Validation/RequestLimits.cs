using System.ComponentModel.DataAnnotations;

namespace InferServe.Contracts.Validation;

/// <summary>Bounds of what a request may hold. Lengths are in UTF-16 characters unless they say bytes.</summary>
public sealed record RequestLimits
{
    /// <summary>The most bytes of a request body; default 4 MiB.</summary>
    [Range(1024, 1 << 30)]
    public int BodyBytes { get; init; } = 4 << 20;

    /// <summary>The deepest nesting of objects and arrays; default 64.</summary>
    [Range(8, 512)]
    public int JsonDepth { get; init; } = 64;

    /// <summary>The most messages of a chat; default 2,048.</summary>
    [Range(1, 1_000_000)]
    public int Messages { get; init; } = 2_048;

    /// <summary>The most text parts of one message; default 256.</summary>
    [Range(1, 1_000_000)]
    public int ContentParts { get; init; } = 256;

    /// <summary>The longest text of one message, or of a prompt; default 1,048,576.</summary>
    [Range(1, 1 << 30)]
    public int ContentLength { get; init; } = 1 << 20;

    /// <summary>The most tool calls of one assistant message; default 128.</summary>
    [Range(1, 10_000)]
    public int ToolCalls { get; init; } = 128;

    /// <summary>The most tools; default 128.</summary>
    [Range(1, 10_000)]
    public int Tools { get; init; } = 128;

    /// <summary>The longest description of a tool; default 8,192.</summary>
    [Range(1, 1 << 20)]
    public int ToolDescriptionLength { get; init; } = 8_192;

    /// <summary>The longest JSON schema of a tool's parameters, as it is written; default 65,536.</summary>
    [Range(1, 1 << 24)]
    public int ToolSchemaLength { get; init; } = 65_536;

    /// <summary>The most stop strings; default 16 (OpenAI allows 4).</summary>
    [Range(1, 1_024)]
    public int StopStrings { get; init; } = 16;

    /// <summary>The longest stop string; default 256.</summary>
    [Range(1, 65_536)]
    public int StopStringLength { get; init; } = 256;

    /// <summary>The most stop token ids; default 64.</summary>
    [Range(1, 65_536)]
    public int StopTokens { get; init; } = 64;

    /// <summary>The most answers to one request: prompts times <c>n</c>; default 128.</summary>
    [Range(1, 4_096)]
    public int Choices { get; init; } = 128;

    /// <summary>The most entries of <c>logit_bias</c>; default 1,024.</summary>
    [Range(0, 1_000_000)]
    public int LogitBias { get; init; } = 1_024;

    /// <summary>The most of the likeliest tokens that a request can ask for in one place; default 20.</summary>
    [Range(0, 256)]
    public int TopLogprobs { get; init; } = 20;

    /// <summary>The longest JSON schema, regular expression or grammar of an answer's form; default 262,144.</summary>
    [Range(1, 1 << 24)]
    public int GrammarLength { get; init; } = 262_144;

    /// <summary>The most choices of <c>structured_outputs.choice</c>; default 1,024.</summary>
    [Range(1, 100_000)]
    public int GrammarChoices { get; init; } = 1_024;

    /// <summary>The most entries of <c>metadata</c>; default 16.</summary>
    [Range(0, 1_024)]
    public int MetadataEntries { get; init; } = 16;

    /// <summary>The longest text in <c>metadata</c>, of a key or a value; default 512.</summary>
    [Range(1, 65_536)]
    public int MetadataLength { get; init; } = 512;

    /// <summary>The longest name (of a model, user, participant, tool call id); default 256.</summary>
    [Range(1, 65_536)]
    public int NameLength { get; init; } = 256;
}
