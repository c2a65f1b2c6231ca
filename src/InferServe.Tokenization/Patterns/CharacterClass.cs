namespace InferServe.Tokenization.Patterns;

/// <summary>A set of characters in a regular expression.</summary>
/// <param name="Set">The characters.</param>
/// <param name="Notation">
/// How .NET writes the same set, as far as characters up to U+FFFF are concerned, inside the brackets of a class; null when only the list
/// of its ranges does. .NET's own notation is faster, above all for whole categories.
/// </param>
/// <param name="IsNegated">Whether the notation is of the characters that are not in the set.</param>
internal sealed record CharacterClass(CodePointSet Set, string? Notation, bool IsNegated = false)
{
    public static CharacterClass Of(CodePointSet set) => new(set, null);

    public static CharacterClass OfCharacter(int codePoint) =>
        new(CodePointSet.Of(codePoint, codePoint), codePoint <= char.MaxValue ? CharacterSets.Escape((char)codePoint) : null);

    /// <summary>The characters that are not in the class.</summary>
    public CharacterClass Complement() => new(Set.Complement(), Notation, !IsNegated);

    /// <summary>The characters of both classes together.</summary>
    public CharacterClass Union(CharacterClass other) => new(
        Set.Union(other.Set), Notation is not null && other.Notation is not null && !IsNegated && !other.IsNegated ? Notation + other.Notation : null);

    public CharacterClass Intersect(CharacterClass other) => new(Set.Intersect(other.Set), null);
}
