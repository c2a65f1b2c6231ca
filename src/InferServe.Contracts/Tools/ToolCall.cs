namespace InferServe.Contracts.Tools;

/// <summary>One use of a tool in an assistant's message.</summary>
public sealed record ToolCall
{
    public string? Id { get; init; }

    /// <summary><c>function</c>.</summary>
    public string? Type { get; init; }

    public FunctionCall? Function { get; init; }
}
