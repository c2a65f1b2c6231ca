namespace InferServe.Tokenization.Unicode;

/// <summary>Hangul syllables decompose and compose by arithmetic (the Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    /// <summary>The first vowel that can join a leading consonant.</summary>
    public const int FirstVowel = 0x1161;

    /// <summary>The last trailing consonant that can join a syllable; vowels and trailing consonants lie between the two.</summary>
    public const int LastTrailing = BeforeTrailing + Trailings - 1;

    private const int FirstSyllable = 0xAC00;
    private const int FirstLeading = 0x1100;
    private const int BeforeTrailing = 0x11A7;
    private const int Leadings = 19;
    private const int Vowels = 21;
    private const int Trailings = 28;
    private const int Syllables = Leadings * Vowels * Trailings;

    /// <summary>Appends the full decomposition of a syllable; false when the code point is none.</summary>
    public static bool TryDecompose(int codePoint, List<int> output)
    {
        int index = codePoint - FirstSyllable;
        if (index is < 0 or >= Syllables)
        {
            return false;
        }

        output.Add(FirstLeading + (index / (Vowels * Trailings)));
        output.Add(FirstVowel + (index / Trailings % Vowels));
        if (index % Trailings != 0)
        {
            output.Add(BeforeTrailing + (index % Trailings));
        }

        return true;
    }

    /// <summary>The syllable of a leading consonant and a vowel, or of such a syllable and a trailing consonant; null for others.</summary>
    public static int? Compose(int first, int second)
    {
        int leading = first - FirstLeading;
        int vowel = second - FirstVowel;
        if (leading is >= 0 and < Leadings && vowel is >= 0 and < Vowels)
        {
            return FirstSyllable + (((leading * Vowels) + vowel) * Trailings);
        }

        int syllable = first - FirstSyllable;
        int trailing = second - BeforeTrailing;
        return syllable is >= 0 and < Syllables && syllable % Trailings == 0 && trailing is > 0 and < Trailings ? first + trailing : null;
    }
}
