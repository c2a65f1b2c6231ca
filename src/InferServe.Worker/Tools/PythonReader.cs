using System.Globalization;
using System.Text;
using System.Text.Json;

namespace InferServe.Worker.Tools;

/// <summary>Reads Python's literals and writes them as JSON; JSON's own spellings are read too. Fails by <see cref="FormatException"/>.</summary>
internal ref struct PythonReader(ReadOnlySpan<char> text, Utf8JsonWriter writer)
{
    private const int MaxDepth = 64;
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;
    private int _depth;

    public readonly bool AtEnd => _position == _text.Length;

    /// <summary>Skips white space, and the character after it if it is this one.</summary>
    public bool Skip(char c)
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        var found = _position < _text.Length && _text[_position] == c;
        _position += found ? 1 : 0;
        return found;
    }

    public void Expect(char c)
    {
        if (!Skip(c))
        {
            throw new FormatException($"expected '{c}'");
        }
    }

    /// <summary>Letters, digits, and the few signs that names of functions have.</summary>
    public string Name()
    {
        Skip('\0');
        var begin = _position;
        while (_position < _text.Length && (char.IsLetterOrDigit(_text[_position]) || _text[_position] is '_' or '.' or '-'))
        {
            _position++;
        }

        return _position > begin ? _text[begin.._position].ToString() : throw new FormatException("expected a name");
    }

    public void Value()
    {
        if (++_depth > MaxDepth)
        {
            throw new FormatException("nested too deeply");
        }

        Skip('\0');
        switch (_position < _text.Length ? _text[_position] : '\0')
        {
            case '"' or '\'':
                writer.WriteStringValue(Text());
                break;
            case '[' or '(':
                List(_text[_position++] == '[' ? ']' : ')');
                break;
            case '{':
                Dict();
                break;
            default:
                Word(Name());
                break;
        }

        _depth--;
    }

    private void List(char end)
    {
        writer.WriteStartArray();
        while (!Skip(end))
        {
            Value();
            if (!Skip(','))
            {
                Expect(end);
                break;
            }
        }

        writer.WriteEndArray();
    }

    private void Dict()
    {
        _position++;
        writer.WriteStartObject();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!Skip('}'))
        {
            Skip('\0');
            var key = Text();
            if (!keys.Add(key))
            {
                throw new FormatException("a key stands twice");
            }

            writer.WritePropertyName(key);
            Expect(':');
            Value();
            if (!Skip(','))
            {
                Expect('}');
                break;
            }
        }

        writer.WriteEndObject();
    }

    private readonly void Word(string word)
    {
        switch (word)
        {
            case "True" or "true":
                writer.WriteBooleanValue(true);
                break;
            case "False" or "false":
                writer.WriteBooleanValue(false);
                break;
            case "None" or "null":
                writer.WriteNullValue();
                break;
            default:
                Number(word);
                break;
        }
    }

    private readonly void Number(string word)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var digits = word.Replace("_", "", StringComparison.Ordinal);
        if (!double.TryParse(digits, Style, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            throw new FormatException($"'{word}' is no value");
        }

        if (decimal.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            writer.WriteNumberValue(whole);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }

    private string Text()
    {
        var quote = _position < _text.Length ? _text[_position] : '\0';
        if (quote is not ('"' or '\''))
        {
            throw new FormatException("expected a string");
        }

        _position++;
        var text = new StringBuilder();
        while (_position < _text.Length && _text[_position] != quote)
        {
            var c = _text[_position++];
            text.Append(c == '\\' && _position < _text.Length ? Escape() : c.ToString());
        }

        _position = _position < _text.Length ? _position + 1 : throw new FormatException("a string is not closed");
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private string Escape()
    {
        var c = _text[_position++];
        switch (c)
        {
            case 'n':
                return "\n";
            case 't':
                return "\t";
            case 'r':
                return "\r";
            case 'u' when _position + 4 <= _text.Length
                && ushort.TryParse(_text.Slice(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                _position += 4;
                return ((char)unit).ToString();
            case '\\' or '\'' or '"' or '/':
                return c.ToString();
            default:
                return $"\\{c}";
        }
    }
}
