namespace InferServe.Tokenization.Patterns;

/// <summary>
/// The characters that case-insensitive matching treats as equal, by Unicode's simple case folding. Foldings of one character to
/// several (ß to ss) are left out.
/// </summary>
internal static class CaseFolding
{
    // Folded to an ASCII letter or Å, though the simple upper-case mapping does not lead back.
    private const string LongS = "sS\u017F";
    private const string Kelvin = "kK\u212A";
    private const string Angstrom = "\u00E5\u00C5\u212B";

    /// <summary>All forms of a character, itself included.</summary>
    public static string FormsOf(char character) => Array.Find([LongS, Kelvin, Angstrom], forms => forms.Contains(character, StringComparison.Ordinal))
        ?? string.Concat(new[] { character, char.ToLowerInvariant(character), char.ToUpperInvariant(character) }.Distinct());

    /// <summary>A .NET expression that matches any form of a character.</summary>
    public static string AnyCaseOf(char character)
    {
        string forms = FormsOf(character);
        string escaped = string.Concat(forms.Select(CharacterSets.Escape));
        return forms.Length == 1 ? escaped : $"[{escaped}]";
    }
}
