using System.Text;

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

    /// <summary>All forms of the characters of a range.</summary>
    public static CharacterClass FormsOf(int first, int last)
    {
        int[] forms = [.. Enumerable.Range(first, last - first + 1).Where(Rune.IsValid).SelectMany(FormsOf).Distinct().Order()];
        CharacterClass all = CharacterClass.Of(CodePointSet.Of(forms));
        return forms.All(static form => form <= char.MaxValue) ? all with { Notation = string.Concat(forms.Select(static form => CharacterSets.Escape((char)form))) } : all;
    }

    private static int[] FormsOf(int codePoint)
    {
        string? special = codePoint <= char.MaxValue
            ? Array.Find([LongS, Kelvin, Angstrom], forms => forms.Contains((char)codePoint, StringComparison.Ordinal))
            : null;
        var rune = new Rune(codePoint);
        return special is null
            ? [codePoint, Rune.ToLowerInvariant(rune).Value, Rune.ToUpperInvariant(rune).Value]
            : [.. special.Select(static character => (int)character)];
    }
}
