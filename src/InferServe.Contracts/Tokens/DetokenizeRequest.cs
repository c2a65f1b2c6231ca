namespace InferServe.Contracts.Tokens;

/// <summary>The body of <c>POST /detokenize</c>.</summary>
public sealed record DetokenizeRequest
{
    /// <summary>The name of the model.</summary>
    public string? Model { get; init; }

    public IReadOnlyList<int>? Tokens { get; init; }
}
