namespace InferServe.Contracts.Generation;

/// <summary>Options of a streamed answer.</summary>
public sealed record StreamOptions
{
    /// <summary>When true, one more chunk without choices carries the usage.</summary>
    public bool? IncludeUsage { get; init; }

    /// <summary>Accepted and without effect: padding that hides the length of a chunk.</summary>
    public bool? IncludeObfuscation { get; init; }
}
