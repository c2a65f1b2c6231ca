namespace InferServe.Contracts.Tools;

/// <summary>A piece of a tool call in a streamed answer: first index, id, type and name, then pieces of the arguments.</summary>
public sealed record ToolCallDelta
{
    /// <summary>Which call of the answer the piece belongs to, from 0.</summary>
    public required int Index { get; init; }

    public string? Id { get; init; }

    public string? Type { get; init; }

    public FunctionCall? Function { get; init; }
}
