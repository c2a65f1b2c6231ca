namespace InferServe.Contracts.Chat;

/// <summary>One part of a message's content.</summary>
public sealed record ContentPart
{
    /// <summary>What the part is; <c>text</c> is understood.</summary>
    public string? Type { get; init; }

    public string? Text { get; init; }
}
