namespace InferServe.Tokenization.ChatTemplates.Methods;

/// <summary>Python's <c>isdigit</c>, <c>islower</c> and their like: false for the empty string.</summary>
internal static class CharacterClasses
{
    public static bool All(string text, Func<char, bool> isMember)
    {
        foreach (char c in text)
        {
            if (!isMember(c))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    public static bool IsLower(string text) => Cases(text) == (true, false);

    public static bool IsUpper(string text) => Cases(text) == (false, true);

    private static (bool HasLower, bool HasUpper) Cases(string text)
    {
        (bool HasLower, bool HasUpper) found = default;
        foreach (char c in text)
        {
            found = (found.HasLower || char.IsLower(c), found.HasUpper || char.IsUpper(c));
        }

        return found;
    }

    /// <summary>Capitals only where words begin, small letters only within words; at least one of them.</summary>
    public static bool IsTitle(string text)
    {
        bool inWord = false;
        bool found = false;
        foreach (char c in text)
        {
            if (char.IsUpper(c) ? inWord : char.IsLower(c) && !inWord)
            {
                return false;
            }

            inWord = char.IsUpper(c) || char.IsLower(c);
            found |= inWord;
        }

        return found;
    }

    public static bool IsIdentifier(string text) =>
        text.Length > 0 && (text[0] == '_' || char.IsLetter(text[0])) && text.All(c => c == '_' || char.IsLetterOrDigit(c));
}
