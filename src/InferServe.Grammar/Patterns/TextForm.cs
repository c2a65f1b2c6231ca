namespace InferServe.Grammar.Patterns;

/// <summary>How the characters of a pattern are written in the text that the grammar describes.</summary>
internal enum TextForm
{
    /// <summary>As UTF-8.</summary>
    Plain,

    /// <summary>
    /// As between the quotes of a JSON string, each character in one way only: as UTF-8 where RFC 8259 allows it, else as its short
    /// escape, else as <c>\u00xx</c> in lower case. So different texts are different strings, and complements are exact.
    /// </summary>
    JsonString,
}
