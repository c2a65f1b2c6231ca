using System.Collections;

namespace InferServe.Tokenization.Unicode;

/// <summary>
/// Sets of characters in which the tables of the reference library are older than the framework's; a character that a later version of
/// Unicode added must not be treated otherwise here than when a model was trained.
/// </summary>
internal sealed class CharacterSet
{
    private const string Resource = "unicode-sets.txt";
    private const int CodePoints = 0x110000;
    private static readonly Lazy<Dictionary<string, CharacterSet>> Sets = new(Load);

    private readonly BitArray _members = new(CodePoints);

    private CharacterSet()
    {
    }

    /// <summary>Punctuation: the signs of ASCII and category P.</summary>
    public static CharacterSet Punctuation => Sets.Value["punctuation"];

    /// <summary>Control, format and private-use characters apart from tab, line feed and carriage return.</summary>
    public static CharacterSet Other => Sets.Value["other"];

    /// <summary>Marks that take no place of their own (category Mn).</summary>
    public static CharacterSet Nonspacing => Sets.Value["nonspacing"];

    /// <summary>Combining marks (category M).</summary>
    public static CharacterSet Combining => Sets.Value["combining"];

    public bool Contains(int codePoint) => _members[codePoint];

    private static Dictionary<string, CharacterSet> Load()
    {
        var sets = new Dictionary<string, CharacterSet>(StringComparer.Ordinal);
        foreach (string[] fields in UnicodeFile.Lines(Resource))
        {
            if (!sets.TryGetValue(fields[0], out CharacterSet? set))
            {
                sets.Add(fields[0], set = new CharacterSet());
            }

            foreach ((int first, int last) in fields.Skip(1).Select(UnicodeFile.Range))
            {
                for (int codePoint = first; codePoint <= last; codePoint++)
                {
                    set._members[codePoint] = true;
                }
            }
        }

        return sets;
    }
}
