using System.Collections;
using System.Globalization;

namespace InferServe.Tokenization.Unicode;

/// <summary>
/// The properties of characters that normalization needs, of version 9.0 of the Unicode Character Database, which the
/// reference library uses. Normalization is stable: other versions differ only in characters that one of them does not know.
/// </summary>
internal sealed class NormalizationData
{
    private const string Resource = "unicode-normalization.txt";
    private static readonly Lazy<NormalizationData> Loaded = new(static () => new NormalizationData());

    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<int, int[]> _canonical = [];
    private readonly Dictionary<int, int[]> _compatibility = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];
    private readonly BitArray _changeable = new(0x110000);

    private NormalizationData()
    {
        foreach (string[] fields in UnicodeFile.Lines(Resource))
        {
            Add(fields);
        }

        MarkChangeable();
    }

    /// <summary>The data, read when it is needed first.</summary>
    public static NormalizationData Instance => Loaded.Value;

    /// <summary>The canonical combining class, 0 for starters.</summary>
    public int CombiningClassOf(int codePoint) => _classes.GetValueOrDefault(codePoint);

    /// <summary>One step of the decomposition of a code point that is no Hangul syllable; null when it has none.</summary>
    public int[]? DecompositionOf(int codePoint, bool compatibility) =>
        _canonical.TryGetValue(codePoint, out int[]? parts) || (compatibility && _compatibility.TryGetValue(codePoint, out parts)) ? parts : null;

    /// <summary>The code point whose canonical decomposition is the pair, unless it is excluded from composition.</summary>
    public int? CompositionOf(int first, int second) => _compositions.TryGetValue((first, second), out int composed) ? composed : null;

    /// <summary>
    /// False when the code point stays as it is in NFC, as long as this holds for
    /// every code point of the text.
    /// </summary>
    public bool MayChangeInComposition(int codePoint) => _changeable[codePoint];

    private void MarkChangeable()
    {
        foreach (int codePoint in _classes.Keys)
        {
            _changeable[codePoint] = true;
        }

        foreach ((int codePoint, int[] parts) in _canonical)
        {
            bool isComposed = parts.Length == 2 && _compositions.GetValueOrDefault((parts[0], parts[1])) == codePoint;
            _changeable[codePoint] |= !isComposed;
            if (isComposed)
            {
                _changeable[parts[1]] = true;
            }
        }

        for (int jamo = Hangul.FirstVowel; jamo <= Hangul.LastTrailing; jamo++)
        {
            _changeable[jamo] = true;
        }
    }

    private void Add(string[] fields)
    {
        if (fields[0] == "c")
        {
            (int first, int last) = UnicodeFile.Range(fields[1]);
            for (int codePoint = first; codePoint <= last; codePoint++)
            {
                _classes.Add(codePoint, byte.Parse(fields[2], CultureInfo.InvariantCulture));
            }

            return;
        }

        int code = UnicodeFile.CodePoint(fields[1]);
        int[] parts = [.. fields.Skip(2).Select(UnicodeFile.CodePoint)];
        (fields[0] == "k" ? _compatibility : _canonical).Add(code, parts);
        if (fields[0] == "d")
        {
            _compositions.Add((parts[0], parts[1]), code);
        }
    }
}
