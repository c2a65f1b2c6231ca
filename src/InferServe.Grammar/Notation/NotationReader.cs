using System.Globalization;
using System.Text;

namespace InferServe.Grammar.Notation;

/// <summary>A grammar text with a reading position: white space, comments, names, literals and counts.</summary>
internal sealed class NotationReader(string text)
{
    public int Offset { get; private set; }

    public bool AtEnd => Offset >= text.Length;

    public char Current => AtEnd ? '\0' : text[Offset];

    public string Text => text;

    /// <summary>Line and column of a place, both from 1.</summary>
    public string PlaceOf(int offset)
    {
        var before = text.AsSpan(0, offset);
        return $"line {before.Count('\n') + 1}, column {offset - before.LastIndexOf('\n')}";
    }

    public GrammarException Error(int offset, string problem) => new($"The grammar, {PlaceOf(offset)}: {problem}.");

    public void Advance() => Offset++;

    public void MoveTo(int offset) => Offset = offset;

    /// <summary>Skips white space and comments, which begin with <c>#</c> and end with the line.</summary>
    public void SkipBlank()
    {
        while (!AtEnd && (char.IsWhiteSpace(Current) || Current == '#'))
        {
            if (Current == '#')
            {
                var end = text.IndexOf('\n', Offset);
                Offset = end < 0 ? text.Length : end;
            }
            else
            {
                Offset++;
            }
        }
    }

    public bool TryTake(string expected)
    {
        if (!text.AsSpan(Offset).StartsWith(expected))
        {
            return false;
        }

        Offset += expected.Length;
        return true;
    }

    /// <summary>Reads a name of letters, digits, <c>_</c> and <c>-</c> that begins with a letter or <c>_</c>; null when there is none.</summary>
    public string? TakeName()
    {
        if (!char.IsAsciiLetter(Current) && Current != '_')
        {
            return null;
        }

        var start = Offset;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '-')
        {
            Offset++;
        }

        return text[start..Offset];
    }

    /// <summary>Whether a rule begins here: a name followed by <c>::=</c>.</summary>
    public bool AtRule()
    {
        var start = Offset;
        var isRule = TakeName() is not null;
        SkipBlank();
        isRule &= text.AsSpan(Offset).StartsWith("::=");
        Offset = start;
        return isRule;
    }

    /// <summary>Reads a literal from its opening quote on.</summary>
    public IEnumerable<Rune> TakeLiteral()
    {
        var start = Offset;
        var quote = Current;
        Offset++;
        var runes = new List<Rune>();
        while (Current != quote)
        {
            if (AtEnd || Current == '\n')
            {
                throw Error(start, "the literal is not closed");
            }

            runes.Add(Current == '\\' ? TakeEscape() : TakeRune());
        }

        Offset++;
        return runes;
    }

    /// <summary>Reads the counts of <c>{m}</c>, <c>{m,}</c> or <c>{m,n}</c> from the brace on.</summary>
    public (int Min, int? Max) TakeCounts(int limit)
    {
        var start = Offset;
        var end = text.IndexOf('}', Offset);
        var parts = end < 0 ? [] : text[(Offset + 1)..end].Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length is 0 or > 2 || !TryCount(parts[0], out var min))
        {
            throw Error(start, "counts have the form {m}, {m,} or {m,n}");
        }

        int? max = min;
        if (parts.Length == 2)
        {
            max = parts[1].Length == 0 ? null : TryCount(parts[1], out var upper) ? upper : throw Error(start, "counts have the form {m}, {m,} or {m,n}");
        }

        if (max < min || Math.Max(min, max ?? 0) > limit)
        {
            throw Error(start, $"counts ascend and are at most {nameof(GrammarLimits.MaxRepetitions)} = {limit}");
        }

        Offset = end + 1;
        return (min, max);
    }

    private static bool TryCount(string digits, out int count) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private Rune TakeRune()
    {
        if (!Rune.TryGetRuneAt(text, Offset, out var rune))
        {
            throw Error(Offset, "a lone surrogate is no character");
        }

        Offset += rune.Utf16SequenceLength;
        return rune;
    }

    private Rune TakeEscape()
    {
        var start = Offset++;
        var kind = Current;
        Offset++;
        return kind switch
        {
            'n' => new Rune('\n'),
            'r' => new Rune('\r'),
            't' => new Rune('\t'),
            '\\' or '"' or '\'' or '[' or ']' or '/' => new Rune(kind),
            'x' => TakeHex(start, 2),
            'u' => TakeHex(start, 4),
            'U' => TakeHex(start, 8),
            _ => throw Error(start, "this escape is not supported"),
        };
    }

    private Rune TakeHex(int start, int length)
    {
        if (Offset + length > text.Length
            || !int.TryParse(text.AsSpan(Offset, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var scalar)
            || !Rune.IsValid(scalar))
        {
            throw Error(start, $"the escape needs {length} hexadecimal digits of a character");
        }

        Offset += length;
        return new Rune(scalar);
    }
}
