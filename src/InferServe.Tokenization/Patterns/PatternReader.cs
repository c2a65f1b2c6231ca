using System.Globalization;
using System.Text;

namespace InferServe.Tokenization.Patterns;

/// <summary>Reads a regular expression character by character.</summary>
internal sealed class PatternReader(string expression)
{
    private int _position;

    public bool IsAtEnd => _position == expression.Length;

    /// <summary>The next character; '\0' at the end, where <see cref="IsAtEnd"/> tells the difference.</summary>
    public char Current => IsAtEnd ? '\0' : expression[_position];

    /// <summary>Takes the next character.</summary>
    public char Take() => IsAtEnd ? throw Error("the expression ends too early") : expression[_position++];

    /// <summary>Takes the given characters if they come next.</summary>
    public bool TryTake(string text)
    {
        if (!Is(text))
        {
            return false;
        }

        _position += text.Length;
        return true;
    }

    /// <summary>Takes everything up to a character, and that character.</summary>
    public string TakeUntil(char end)
    {
        int at = expression.IndexOf(end, _position);
        if (at < 0)
        {
            throw Error($"'{end}' is missing");
        }

        string taken = expression[_position..at];
        _position = at + 1;
        return taken;
    }

    /// <summary>Takes a decimal number; null when there are no digits.</summary>
    public int? TakeNumber()
    {
        int start = _position;
        while (char.IsAsciiDigit(Current))
        {
            _position++;
        }

        return start == _position ? null
            : int.TryParse(expression.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
            : throw Error("the number is too large");
    }

    /// <summary>Takes hexadecimal digits as a character.</summary>
    /// <param name="digits">How many; null: as many as stand before a closing brace.</param>
    public int TakeHexadecimal(int? digits)
    {
        string text = digits is { } count ? string.Concat(Enumerable.Range(0, count).Select(_ => Take())) : TakeUntil('}');
        if (!int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
        {
            throw Error($"'{text}' is no hexadecimal number");
        }

        return Rune.IsValid(value) ? value : throw Error($"'{text}' names no character");
    }

    /// <summary>Takes the next character as one that stands for itself.</summary>
    public int TakeCharacter()
    {
        char first = Take();
        if (!char.IsSurrogate(first))
        {
            return first;
        }

        return char.IsSurrogatePair(first, Current) ? char.ConvertToUtf32(first, Take()) : throw Error("a surrogate stands alone");
    }

    /// <summary>Whether the given characters come next.</summary>
    public bool Is(string text) => string.CompareOrdinal(expression, _position, text, 0, text.Length) == 0;

    /// <summary>Goes back by one character.</summary>
    public void Back() => _position--;

    /// <summary>The exception for what was just read.</summary>
    public PatternException Error(string problem) => new($"'{expression}' at character {_position}: {problem}.");
}
