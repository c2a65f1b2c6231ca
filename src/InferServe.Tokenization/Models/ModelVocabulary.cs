namespace InferServe.Tokenization.Models;

/// <summary>The tokens of a model.</summary>
/// <param name="Ids">The id of each token; of equal ones, the last id.</param>
/// <param name="Tokens">The token of each id.</param>
internal sealed record ModelVocabulary(Dictionary<string, int> Ids, Dictionary<int, string> Tokens);
