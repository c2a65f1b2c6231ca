namespace InferServe.Contracts.Models;

/// <summary>The body of <c>GET /v1/models</c>.</summary>
public sealed record ModelList
{
    public string Object { get; init; } = "list";

    public required IReadOnlyList<ModelInfo> Data { get; init; }
}
