using System.Text;

namespace InferServe.Tokenization.Patterns;

/// <summary>Translates character classes and the escapes that can stand in them.</summary>
/// <param name="reader">The expression.</param>
/// <param name="output">Takes the translation.</param>
/// <param name="named">Takes the characters that the expression names.</param>
internal sealed class CharacterClassTranslator(PatternReader reader, StringBuilder output, List<(char First, char Last)> named)
{
    private const string SupportedInClass = "supported in classes are characters, ranges, general categories, \\s, \\d and \\w";

    /// <summary>Translates a class whose opening bracket is taken already.</summary>
    public void Translate(bool ignoreCase)
    {
        output.Append('[');
        if (reader.TryTake("^"))
        {
            output.Append('^');
        }

        // A closing bracket in first place stands for itself.
        for (bool isFirst = true; isFirst || reader.Current != ']'; isFirst = false)
        {
            if (reader.IsAtEnd)
            {
                throw reader.Error("']' is missing");
            }

            Item(ignoreCase);
        }

        reader.Take();
        output.Append(']');
    }

    /// <summary>Translates an escape for a set of characters, after its backslash, to what stands in a class; null when it is none.</summary>
    /// <param name="inClass">Whether the escape stands in a class.</param>
    public string? TrySet(bool inClass)
    {
        switch (reader.Current)
        {
            case 's' or 'S' or 'd' or 'D':
                return $"\\{reader.Take()}";
            case 'w':
                reader.Take();
                named.Add(CharacterSets.WordRange);
                return inClass ? CharacterSets.WordInClass : CharacterSets.Word;
            case 'p' or 'P':
                return Category();
            default:
                return null;
        }
    }

    /// <summary>Takes an escape for one character, after its backslash.</summary>
    public char EscapedCharacter(string supported)
    {
        char kind = reader.TakeLiteral();
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
            _ when char.IsLetterOrDigit(kind) => throw reader.Error($"'\\{kind}' is not supported; {supported}"),
            _ => kind,
        };
    }

    private void Item(bool ignoreCase)
    {
        if (reader.Current == '[' || reader.TryTake("&&"))
        {
            throw reader.Error($"classes within classes are not supported; {SupportedInClass}");
        }

        if (reader.TryTake("\\"))
        {
            if (TrySet(inClass: true) is { } set)
            {
                output.Append(set);
                return;
            }

            reader.Back();
        }

        char first = Character();
        char last = first;
        if (reader.TryTake("-"))
        {
            if (reader.Current == ']')
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

        Append(first, last);
        if (ignoreCase)
        {
            AppendOtherCases(first, last);
        }
    }

    private char Character()
    {
        if (!reader.TryTake("\\"))
        {
            return reader.Current == '[' ? throw reader.Error($"'[' stands in a range; {SupportedInClass}") : reader.TakeLiteral();
        }

        if (reader.TryTake("b"))
        {
            return '\b';
        }

        return EscapedCharacter(SupportedInClass);
    }

    private void AppendOtherCases(char first, char last)
    {
        for (int code = first; code <= last; code++)
        {
            foreach (char form in CaseFolding.FormsOf((char)code))
            {
                if (form < first || form > last)
                {
                    Append(form, form);
                }
            }
        }
    }

    private void Append(char first, char last)
    {
        output.Append(CharacterSets.Escape(first));
        if (last > first)
        {
            output.Append('-').Append(CharacterSets.Escape(last));
        }

        named.Add((first, last));
    }

    private string Category()
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

        return CharacterSets.CategoryOf(name) is { } category
            ? $"\\{(isNegated ? 'P' : 'p')}{{{category}}}"
            : throw reader.Error($"the property '{name}' is not supported; supported are general categories such as L, Lu, N, P, S, Z");
    }

    private char Ascii(char character) =>
        character < 0x80 ? character : throw reader.Error("\\x with two digits names a byte; above 7F it is not supported, \\u is");
}
