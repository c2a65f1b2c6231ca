namespace InferServe.Grammar.Constraints;

/// <summary>A grammar that says how much memory it keeps.</summary>
internal interface IKeptGrammar : ITokenGrammar
{
    /// <summary>Bytes, about; grows while the grammar is used.</summary>
    long KeptBytes { get; }
}
