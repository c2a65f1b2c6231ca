namespace InferServe.Tokenization.Models.Bpe;

/// <summary>One merge.</summary>
/// <param name="Rank">Its place in the list; lower ones come first.</param>
/// <param name="Id">The token that the pair becomes.</param>
internal readonly record struct Merge(int Rank, int Id);
