namespace InferServe.Grammar.Notation;

/// <summary>One rule of a grammar text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Line and column of its name.</param>
/// <param name="Body">Its right side.</param>
internal sealed record NotationRule(string Name, string Place, NotationNode Body);
