namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>A regular expression or format that a string has to match, or must not.</summary>
/// <param name="Text">The expression, or the name of the format.</param>
/// <param name="IsFormat">Whether <paramref name="Text"/> names a format.</param>
/// <param name="Holds">Whether it has to match.</param>
/// <param name="Pointer">The schema that asks for it.</param>
internal sealed record StringPattern(string Text, bool IsFormat, bool Holds, string Pointer);
