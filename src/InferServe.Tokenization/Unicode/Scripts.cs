namespace InferServe.Tokenization.Unicode;

/// <summary>The scripts of characters.</summary>
internal static class Scripts
{
    /// <summary>The number of characters without a script.</summary>
    public const byte None = 0;

    private const string Resource = "unicode-scripts.txt";
    private const char Later = '+';
    private static readonly Lazy<(Dictionary<string, byte> Names, byte[] ByCodePoint, byte[] Current)> Data = new(Load);

    /// <summary>The number of a character's script in version 9.0 of the Unicode Character Database, which a pre-tokenizer is tied to.</summary>
    public static byte Of(int codePoint) => Data.Value.ByCodePoint[codePoint];

    /// <summary>The number of a character's script, also for characters that later versions added.</summary>
    public static byte CurrentOf(int codePoint) => Data.Value.Current[codePoint];

    /// <summary>The number of a script, by its name in the Unicode Character Database, such as <c>Han</c>; null when there is none.</summary>
    public static byte? Named(string name) => Data.Value.Names.TryGetValue(name, out byte number) ? number : null;

    private static (Dictionary<string, byte> Names, byte[] ByCodePoint, byte[] Current) Load()
    {
        var names = new Dictionary<string, byte>(StringComparer.OrdinalIgnoreCase);
        byte[] scripts = new byte[0x110000];
        byte[] current = new byte[0x110000];
        foreach (string[] fields in UnicodeFile.Lines(Resource))
        {
            bool isLater = fields[0][0] == Later;
            string name = isLater ? fields[0][1..] : fields[0];
            if (!names.TryGetValue(name, out byte script))
            {
                names.Add(name, script = (byte)(names.Count + 1));
            }

            foreach ((int first, int last) in fields.Skip(1).Select(UnicodeFile.Range))
            {
                current.AsSpan(first, last - first + 1).Fill(script);
                if (!isLater)
                {
                    scripts.AsSpan(first, last - first + 1).Fill(script);
                }
            }
        }

        return (names, scripts, current);
    }
}
