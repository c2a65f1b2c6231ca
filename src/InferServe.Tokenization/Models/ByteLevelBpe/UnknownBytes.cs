namespace InferServe.Tokenization.Models.ByteLevelBpe;

/// <summary>What becomes of bytes that have no token of their own; a vocabulary with all 256 bytes never needs it.</summary>
/// <param name="TokenId">The token that stands for them; null: they are left out.</param>
/// <param name="Fuse">Whether adjacent ones share one token.</param>
internal sealed record UnknownBytes(int? TokenId, bool Fuse);
