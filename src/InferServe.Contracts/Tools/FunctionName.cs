namespace InferServe.Contracts.Tools;

/// <summary>Names a function.</summary>
public sealed record FunctionName
{
    public string? Name { get; init; }
}
