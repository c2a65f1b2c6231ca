using System.Globalization;

namespace InferServe.LoadTests.Scenarios.Json;

/// <summary>
/// The arithmetic of <c>${…}</c>: numbers, names of variables, + − * / and parentheses. Parsing is by recursive descent; the length of the text
/// bounds its depth.
/// </summary>
internal sealed class VariableExpression
{
    private const int MostCharacters = 200;

    private readonly string _text;
    private readonly IReadOnlyDictionary<string, string> _variables;
    private int _index;

    private VariableExpression(string text, IReadOnlyDictionary<string, string> variables)
    {
        _text = text;
        _variables = variables;
    }

    /// <exception cref="FormatException">It is not such an expression, or a variable is unknown or not a number; the message says which.</exception>
    public static double Evaluate(string text, IReadOnlyDictionary<string, string> variables)
    {
        if (text.Length > MostCharacters)
        {
            throw new FormatException($"an expression has at most {MostCharacters} characters; it has {text.Length}");
        }

        var expression = new VariableExpression(text, variables);
        double value = expression.Sum();
        return expression.Peek() != '\0'
            ? throw new FormatException($"'{text[expression._index..]}' is left over")
            : double.IsFinite(value) ? value : throw new FormatException("the result is not a finite number");
    }

    private double Sum()
    {
        double value = Product();
        while (Peek() is '+' or '-')
        {
            value = _text[_index++] == '+' ? value + Product() : value - Product();
        }

        return value;
    }

    private double Product()
    {
        double value = Factor();
        while (Peek() is '*' or '/')
        {
            value = _text[_index++] == '*' ? value * Factor() : value / Factor();
        }

        return value;
    }

    private double Factor()
    {
        switch (Peek())
        {
            case '-':
                _index++;
                return -Factor();
            case '(':
                _index++;
                double inner = Sum();
                return Peek() == ')' && _index++ >= 0 ? inner : throw new FormatException("a ) is missing");
            default:
                return Value();
        }
    }

    private double Value()
    {
        int start = _index;
        while (_index < _text.Length && (char.IsAsciiLetterOrDigit(_text[_index]) || _text[_index] is '.' or '_'))
        {
            _index++;
        }

        string word = _text[start.._index];
        if (word.Length == 0)
        {
            throw new FormatException("a number or the name of a variable is missing");
        }

        if (!_variables.TryGetValue(word, out string? given))
        {
            given = char.IsAsciiLetter(word[0]) ? throw new FormatException($"there is no variable '{word}'") : word;
        }

        return double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new FormatException(given == word ? $"'{word}' is not a number" : $"the variable '{word}' is not a number; it is '{given}'");
    }

    private char Peek()
    {
        while (_index < _text.Length && _text[_index] == ' ')
        {
            _index++;
        }

        return _index < _text.Length ? _text[_index] : '\0';
    }
}
