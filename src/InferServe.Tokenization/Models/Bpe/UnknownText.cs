namespace InferServe.Tokenization.Models.Bpe;

/// <summary>What becomes of text that has no token of its own.</summary>
/// <param name="TokenId">The token that stands for it; null: it is left out.</param>
/// <param name="Fuse">Whether adjacent characters share one token.</param>
internal sealed record UnknownText(int? TokenId, bool Fuse);
