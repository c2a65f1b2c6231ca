using System.Globalization;

namespace InferServe.Tokenization.Unicode;

/// <summary>Reads the embedded extracts of the Unicode Character Database.</summary>
internal static class UnicodeFile
{
    /// <summary>The fields of each line that is no comment.</summary>
    public static IEnumerable<string[]> Lines(string name)
    {
        using Stream stream = typeof(UnicodeFile).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line.Split(' ');
            }
        }
    }

    /// <summary>A range of code points, written with a dash.</summary>
    public static (int First, int Last) Range(string field)
    {
        int dash = field.IndexOf('-', StringComparison.Ordinal);
        return (CodePoint(field[..dash]), CodePoint(field[(dash + 1)..]));
    }

    /// <summary>A code point, written in hexadecimal digits.</summary>
    public static int CodePoint(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
