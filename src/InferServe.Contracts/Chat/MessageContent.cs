using System.Text.Json.Serialization;

namespace InferServe.Contracts.Chat;

/// <summary>The content of a message: a string, or an array of parts. Exactly one of the two is set.</summary>
[JsonConverter(typeof(MessageContentConverter))]
public sealed record MessageContent
{
    public string? Text { get; init; }

    public IReadOnlyList<ContentPart>? Parts { get; init; }

    /// <summary>The content as one text; parts are joined by line feeds.</summary>
    public string Flatten() => Text ?? string.Join('\n', (Parts ?? []).Select(part => part.Text));

    public static implicit operator MessageContent(string text) => FromString(text);

    public static MessageContent FromString(string text) => new() { Text = text };
}
