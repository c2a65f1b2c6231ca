using System.Globalization;
using System.Text;

namespace InferServe.Grammar.Patterns;

/// <summary>Reads characters, escapes and classes of a regular expression.</summary>
internal sealed class RegexEscapes(string text, Func<int, string, GrammarException> error)
{
    /// <summary>Reads one character that stands for itself.</summary>
    public CharacterSet ParseCharacter(ref int position) => CharacterSet.Of(ReadRune(ref position));

    /// <summary>Reads an escape from its backslash on.</summary>
    public CharacterSet ParseEscape(ref int position)
    {
        var start = position++;
        if (position >= text.Length)
        {
            throw error(start, "the expression ends within an escape");
        }

        var kind = text[position++];
        switch (kind)
        {
            case 'd':
                return CharacterSet.Digits;
            case 'D':
                return CharacterSet.Digits.Complement();
            case 'w':
                return CharacterSet.WordCharacters;
            case 'W':
                return CharacterSet.WordCharacters.Complement();
            case 's':
                return CharacterSet.Spaces;
            case 'S':
                return CharacterSet.Spaces.Complement();
            case 'p' or 'P':
                var category = ParseCategory(ref position, start);
                return kind == 'p' ? category : category.Complement();
            case 'n':
                return Single('\n');
            case 'r':
                return Single('\r');
            case 't':
                return Single('\t');
            case 'f':
                return Single('\f');
            case 'v':
                return Single('\v');
            case 'a':
                return Single('\a');
            case '0' when position >= text.Length || !char.IsAsciiDigit(text[position]):
                return Single('\0');
            case 'x':
                return Single(ParseHex(ref position, start, 2));
            case 'u':
                return Single(ParseUnicode(ref position, start));
            case 'c' when position < text.Length && char.IsAsciiLetter(text[position]):
                return Single(text[position++] % 32);
            case 'b' or 'B':
                throw error(start, $"the word border '\\{kind}' is not supported");
            case 'k' or (>= '0' and <= '9'):
                throw error(start, "back references are not supported");
            default:
                if (char.IsAsciiLetter(kind))
                {
                    throw error(start, $"the escape '\\{kind}' is not supported");
                }

                position--;
                return CharacterSet.Of(ReadRune(ref position));
        }
    }

    /// <summary>Reads a class from behind its opening bracket to behind its closing one.</summary>
    public CharacterSet ParseClass(ref int position)
    {
        var start = position - 1;
        var negative = position < text.Length && text[position] == '^';
        if (negative)
        {
            position++;
        }

        var intervals = new List<(int, int)>();
        while (true)
        {
            if (position >= text.Length)
            {
                throw error(start, "unmatched '['");
            }

            if (text[position] == ']')
            {
                position++;
                break;
            }

            if (text.AsSpan(position).StartsWith("[:"))
            {
                throw error(position, "named classes '[:' are not supported");
            }

            var first = ParseMember(ref position);
            if (IsRange(position) && IsSingle(first))
            {
                var dash = position++;
                var last = ParseMember(ref position);
                if (!IsSingle(last))
                {
                    intervals.AddRange(first.Intervals);
                    intervals.Add(('-', '-'));
                    intervals.AddRange(last.Intervals);
                    continue;
                }

                var (low, high) = (first.Intervals[0].Low, last.Intervals[0].Low);
                intervals.Add(low <= high ? (low, high) : throw error(dash, "the range of a class is in the wrong order"));
                continue;
            }

            intervals.AddRange(first.Intervals);
        }

        var set = new CharacterSet(intervals);
        return negative ? set.Complement() : set;
    }

    private static bool IsSingle(CharacterSet set) => set.Intervals is [var only] && only.Low == only.High;

    private static CharacterSet Single(int scalar) => new([(scalar, scalar)]);

    private bool IsRange(int position) => position + 1 < text.Length && text[position] == '-' && text[position + 1] != ']';

    private CharacterSet ParseMember(ref int position)
    {
        if (text[position] != '\\')
        {
            return CharacterSet.Of(ReadRune(ref position));
        }

        if (position + 1 < text.Length && text[position + 1] == 'b')
        {
            position += 2;
            return Single('\b');
        }

        return ParseEscape(ref position);
    }

    private CharacterSet ParseCategory(ref int position, int start)
    {
        var end = position < text.Length && text[position] == '{' ? text.IndexOf('}', position) : position;
        if (end < 0 || position >= text.Length)
        {
            throw error(start, "the name of a category is not closed");
        }

        var name = end == position ? text[position].ToString() : text[(position + 1)..end];
        position = end + 1;
        var value = name[(name.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return CharacterSet.Category(value) ?? throw error(start, $"the Unicode property '{name}' is not supported");
    }

    private int ParseUnicode(ref int position, int start)
    {
        int scalar;
        if (position < text.Length && text[position] == '{')
        {
            var end = text.IndexOf('}', position);
            var digits = end < 0 ? "" : text[(position + 1)..end];
            if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out scalar) || !Rune.IsValid(scalar))
            {
                throw error(start, "the escape holds no Unicode character");
            }

            position = end + 1;
            return scalar;
        }

        scalar = ParseHex(ref position, start, 4);
        if (char.IsHighSurrogate((char)scalar) && text.AsSpan(position).StartsWith("\\u"))
        {
            position += 2;
            var low = ParseHex(ref position, start, 4);
            if (char.IsLowSurrogate((char)low))
            {
                return char.ConvertToUtf32((char)scalar, (char)low);
            }
        }

        return Rune.IsValid(scalar) ? scalar : throw error(start, "a lone surrogate is no character");
    }

    private int ParseHex(ref int position, int start, int length)
    {
        if (position + length > text.Length
            || !int.TryParse(text.AsSpan(position, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw error(start, $"the escape needs {length} hexadecimal digits");
        }

        position += length;
        return value;
    }

    private Rune ReadRune(ref int position)
    {
        if (!Rune.TryGetRuneAt(text, position, out var rune))
        {
            throw error(position, "a lone surrogate is no character");
        }

        position += rune.Utf16SequenceLength;
        return rune;
    }
}
