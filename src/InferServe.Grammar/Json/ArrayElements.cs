namespace InferServe.Grammar.Json;

/// <summary>What an array holds so far.</summary>
/// <param name="Count">How many elements, as far as they are told apart.</param>
/// <param name="Met">Obligations that are met.</param>
internal readonly record struct ArrayElements(int Count, ulong Met);
