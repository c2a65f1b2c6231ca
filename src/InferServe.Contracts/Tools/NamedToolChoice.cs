namespace InferServe.Contracts.Tools;

/// <summary>The one tool that the model must call.</summary>
public sealed record NamedToolChoice
{
    /// <summary><c>function</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The function, by its name.</summary>
    public FunctionName? Function { get; init; }
}
