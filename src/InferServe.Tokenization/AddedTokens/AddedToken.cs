namespace InferServe.Tokenization.AddedTokens;

/// <summary>A token that is found in the text as a whole, before the text is split and given to the model.</summary>
internal sealed record AddedToken
{
    public required int Id { get; init; }

    public required string Content { get; init; }

    /// <summary>What is looked for: the content, normalized if <see cref="Normalized"/>.</summary>
    public required string Pattern { get; init; }

    /// <summary>Control token: left out when special tokens are skipped, and not found in a text that must not hold any.</summary>
    public bool Special { get; init; }

    /// <summary>White space before the token belongs to it.</summary>
    public bool LStrip { get; init; }

    /// <summary>White space after the token belongs to it.</summary>
    public bool RStrip { get; init; }

    /// <summary>Found only where no word character touches it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Looked for in the normalized text, by <see cref="Pattern"/>, instead of in the given text.</summary>
    public bool Normalized { get; init; }
}
