namespace InferServe.Tokenization.Unicode;

/// <summary>The scripts of characters.</summary>
internal static class Scripts
{
    /// <summary>The number of characters without a script.</summary>
    public const byte None = 0;

    private const string Resource = "unicode-scripts.txt";
    private static readonly Lazy<(Dictionary<string, byte> Names, byte[] ByCodePoint)> Data = new(Load);

    /// <summary>The number of a character's script.</summary>
    public static byte Of(int codePoint) => Data.Value.ByCodePoint[codePoint];

    /// <summary>The number of a script, by its name in the Unicode Character Database, such as <c>Han</c>; null when there is none.</summary>
    public static byte? Named(string name) => Data.Value.Names.TryGetValue(name, out byte number) ? number : null;

    private static (Dictionary<string, byte> Names, byte[] ByCodePoint) Load()
    {
        var names = new Dictionary<string, byte>(StringComparer.OrdinalIgnoreCase);
        byte[] scripts = new byte[0x110000];
        foreach (string[] fields in UnicodeFile.Lines(Resource))
        {
            if (!names.TryGetValue(fields[0], out byte script))
            {
                names.Add(fields[0], script = (byte)(names.Count + 1));
            }

            foreach ((int first, int last) in fields.Skip(1).Select(UnicodeFile.Range))
            {
                scripts.AsSpan(first, last - first + 1).Fill(script);
            }
        }

        return (names, scripts);
    }
}
