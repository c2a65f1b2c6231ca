namespace InferServe.Contracts.Errors;

/// <summary>The body of every error answer: <c>{"error":{"message","type","param","code"}}</c>.</summary>
public sealed record ErrorResponse
{
    public required ErrorBody Error { get; init; }
}
