using System.Text;

namespace InferServe.Tokenization.Patterns;

/// <summary>Reads character classes and the escapes that can stand in them.</summary>
/// <param name="reader">The expression.</param>
internal sealed class CharacterClassTranslator(PatternReader reader)
{
    private const int MostNesting = 16;
    private const string SupportedInClass =
        "supported in classes are characters, ranges, classes, &&, general categories, scripts, \\s, \\d, \\w, \\h and some POSIX brackets";

    private int _nesting;

    /// <summary>Reads a class whose opening bracket is taken already.</summary>
    public CharacterClass Read(bool ignoreCase)
    {
        if (++_nesting > MostNesting)
        {
            throw reader.Error($"classes are nested more than {MostNesting} deep");
        }

        bool isNegated = reader.TryTake("^");
        CharacterClass? all = null;
        CharacterClass? part = null;

        // A closing bracket in first place stands for itself.
        for (bool isFirst = true; isFirst || reader.Current != ']'; isFirst = false)
        {
            if (reader.IsAtEnd)
            {
                throw reader.Error("']' is missing");
            }

            if (reader.TryTake("&&"))
            {
                all = Intersect(all, part);
                part = CharacterClass.Of(CodePointSet.Empty);
                continue;
            }

            CharacterClass item = Item(ignoreCase);
            part = part is null or { Set.Ranges.Count: 0 } ? item : part.Union(item);
        }

        reader.Take();
        _nesting--;
        all = Intersect(all, part);
        return isNegated ? all.Complement() : all;
    }

    /// <summary>Reads an escape for a set of characters, after its backslash; null when it is none.</summary>
    /// <param name="inClass">Whether the escape stands in a class.</param>
    public CharacterClass? TrySet(bool inClass)
    {
        CharacterClass? set = char.ToLowerInvariant(reader.Current) switch
        {
            's' => CharacterSets.Space,
            'd' => CharacterSets.Digit,
            'h' => CharacterSets.HexadecimalDigit,
            'w' => inClass ? CharacterSets.WordInClass : CharacterSets.Word,
            _ => null,
        };
        if (set is not null)
        {
            return char.IsAsciiLetterUpper(reader.Take()) ? set.Complement() : set;
        }

        return reader.Current is 'p' or 'P' ? Property() : null;
    }

    /// <summary>Takes an escape for one character, after its backslash.</summary>
    public int EscapedCharacter(string supported)
    {
        int kind = reader.TakeCharacter();
        return kind switch
        {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\f',
            'v' => '\v',
            'a' => '\a',
            'e' => '\u001B',
            'u' => reader.TakeHexadecimal(4),
            'x' when reader.TryTake("{") => reader.TakeHexadecimal(null),
            'x' => Ascii(reader.TakeHexadecimal(2)),
            _ when Rune.IsLetterOrDigit(new Rune(kind)) => throw reader.Error($"'\\{new Rune(kind)}' is not supported; {supported}"),
            _ => kind,
        };
    }

    private static CharacterClass Intersect(CharacterClass? all, CharacterClass? part)
    {
        part ??= CharacterClass.Of(CodePointSet.Empty);
        return all is null ? part : all.Intersect(part);
    }

    private CharacterClass Item(bool ignoreCase)
    {
        if (reader.TryTake("[:"))
        {
            return Bracket();
        }

        if (reader.TryTake("["))
        {
            return Read(ignoreCase);
        }

        if (reader.TryTake("\\"))
        {
            if (TrySet(inClass: true) is { } set)
            {
                return set;
            }

            reader.Back();
        }

        int first = Character();
        int last = first;
        if (reader.TryTake("-"))
        {
            if (reader.Current is ']' or '[' || reader.Is("&&"))
            {
                reader.Back();
            }
            else
            {
                last = Character();
            }
        }

        if (last < first)
        {
            throw reader.Error("a range ends before it begins");
        }

        return Range(first, last, ignoreCase);
    }

    private CharacterClass Bracket()
    {
        bool isNegated = reader.TryTake("^");
        string name = reader.TakeUntil(':');
        return CharacterSets.OfBracket(name) is { } set && reader.TryTake("]")
            ? isNegated ? set.Complement() : set
            : throw reader.Error($"'[:{name}:]' is not supported; {SupportedInClass}");
    }

    private int Character()
    {
        if (!reader.TryTake("\\"))
        {
            return reader.TakeCharacter();
        }

        return reader.TryTake("b") ? '\b' : EscapedCharacter(SupportedInClass);
    }

    private static CharacterClass Range(int first, int last, bool ignoreCase)
    {
        CharacterClass range = first == last
            ? CharacterClass.OfCharacter(first)
            : new CharacterClass(
                CodePointSet.Of(first, last),
                last <= char.MaxValue ? $"{CharacterSets.Escape((char)first)}-{CharacterSets.Escape((char)last)}" : null);
        return ignoreCase ? range.Union(CaseFolding.FormsOf(first, last)) : range;
    }

    private CharacterClass Property()
    {
        bool isNegated = reader.Take() == 'P';
        if (!reader.TryTake("{"))
        {
            throw reader.Error("'{' is missing after \\p");
        }

        string name = reader.TakeUntil('}');
        if (name.StartsWith('^'))
        {
            (name, isNegated) = (name[1..], !isNegated);
        }

        return CharacterSets.OfProperty(name) is { } property
            ? isNegated ? property.Complement() : property
            : throw reader.Error($"the property '{name}' is not supported; supported are general categories such as L, Lu, N, P, S, Z, and scripts such as Han");
    }

    private int Ascii(int character) =>
        character < 0x80 ? character : throw reader.Error("\\x with two digits names a byte; above 7F it is not supported, \\u is");
}
