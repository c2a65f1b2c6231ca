namespace InferServe.Tokenization.AddedTokens;

/// <summary>A part of a text: an added token, or text between added tokens.</summary>
/// <param name="Start">Index of the first UTF-16 unit.</param>
/// <param name="Length">Number of UTF-16 units.</param>
/// <param name="TokenId">The added token's id; null for text.</param>
internal readonly record struct TextSegment(int Start, int Length, int? TokenId);
