namespace InferServe.Grammar.Automata;

/// <summary>Where an empty edge may be taken.</summary>
internal enum NfaAnchor
{
    /// <summary>Everywhere.</summary>
    None,

    /// <summary>Before the first byte only.</summary>
    Start,

    /// <summary>After the last byte only.</summary>
    End,
}
