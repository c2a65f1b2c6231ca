namespace InferServe.Contracts.Models;

/// <summary>One entry of <c>GET /v1/models</c>.</summary>
public sealed record ModelInfo
{
    /// <summary>The name by which requests choose the model.</summary>
    public required string Id { get; init; }

    public string Object { get; init; } = "model";

    /// <summary>When the model became available, in Unix seconds.</summary>
    public required long Created { get; init; }

    public required string OwnedBy { get; init; }

    /// <summary>Tokens that prompt and answer share, or null when unknown. The name is vLLM's, which clients already read.</summary>
    public int? MaxModelLen { get; init; }

    /// <summary>The model that an adapter changes; null for a model itself. The name is vLLM's, as well.</summary>
    public string? Parent { get; init; }
}
