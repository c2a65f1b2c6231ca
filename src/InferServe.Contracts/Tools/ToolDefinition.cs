namespace InferServe.Contracts.Tools;

/// <summary>A tool that the model may use.</summary>
public sealed record ToolDefinition
{
    /// <summary><c>function</c>.</summary>
    public string? Type { get; init; }

    public FunctionDefinition? Function { get; init; }
}
