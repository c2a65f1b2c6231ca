using System.Globalization;
using System.Text;

namespace InferServe.Tokenization.Patterns;

/// <summary>
/// Translates regular expressions from the syntax that Hugging Face tokenizers use (Oniguruma with Ruby's syntax) into .NET's. What
/// means the same is copied; possessive quantifiers, quantifiers in a row, case-insensitive letters, <c>\w</c>, <c>\b</c>, <c>^</c>,
/// <c>$</c> and <c>.</c> are rewritten; everything else is refused rather than guessed.
/// </summary>
internal sealed class OnigurumaTranslator
{
    private const int MostNesting = 64;
    private const int MostLength = 32 * 1024;
    private const string Supported = "supported are literals, classes without nesting, general categories, \\s \\d \\w \\b, anchors, groups, lookaround, (?i:…) and quantifiers";

    private readonly PatternReader _reader;
    private readonly StringBuilder _output = new();
    private readonly List<(char First, char Last)> _named = [];
    private readonly CharacterClassTranslator _classes;
    private bool _ignoreCase;
    private int _nesting;

    private OnigurumaTranslator(string expression)
    {
        _reader = new PatternReader(expression);
        _classes = new CharacterClassTranslator(_reader, _output, _named);
    }

    /// <summary>Translates an expression.</summary>
    /// <exception cref="PatternException">The expression is malformed or uses something that is not supported.</exception>
    public static TranslatedPattern Translate(string expression)
    {
        if (expression.Length is 0 or > MostLength)
        {
            throw new PatternException($"A pattern has 1 to {MostLength} characters; this one has {expression.Length}.");
        }

        var translator = new OnigurumaTranslator(expression);
        translator.Alternatives();
        return translator._reader.IsAtEnd
            ? new TranslatedPattern(translator._output.ToString(), translator._named)
            : throw translator._reader.Error("')' closes nothing");
    }

    private void Alternatives()
    {
        if (++_nesting > MostNesting)
        {
            throw _reader.Error($"groups are nested more than {MostNesting} deep");
        }

        while (!_reader.IsAtEnd && _reader.Current != ')')
        {
            if (_reader.TryTake("|"))
            {
                _output.Append('|');
                continue;
            }

            int start = _output.Length;
            bool canRepeat = Atom();
            Quantifier(start, canRepeat);
        }

        _nesting--;
    }

    /// <summary>Translates one atom; false for those that match at a place without taking anything.</summary>
    private bool Atom()
    {
        char next = _reader.Take();
        switch (next)
        {
            case '(':
                return Group();
            case '[':
                _classes.Translate(_ignoreCase);
                return true;
            case '.':
                _output.Append(@"[^\n]");
                return true;
            case '^':
                _output.Append(@"(?:\A|(?<=\n)(?!\z))");
                return false;
            case '$':
                _output.Append(@"(?=\n|\z)");
                return false;
            case '\\':
                return Escape();
            case '*' or '+' or '?' or '{':
                throw _reader.Error($"'{next}' repeats nothing");
            default:
                _reader.Back();
                Literal(_reader.TakeLiteral());
                return true;
        }
    }

    private bool Escape()
    {
        char next = _reader.Current;
        switch (next)
        {
            case 'A' or 'z' or 'Z':
                _output.Append('\\').Append(_reader.Take());
                return false;
            case 'b':
                _reader.Take();
                _output.Append($"(?:(?<=[{CharacterSets.Word}])(?![{CharacterSets.Word}])|(?<![{CharacterSets.Word}])(?=[{CharacterSets.Word}]))");
                _named.Add(CharacterSets.WordRange);
                return false;
            case 'W':
                _reader.Take();
                _output.Append($"[^{CharacterSets.Word}]");
                _named.Add(CharacterSets.WordRange);
                return true;
        }

        if (_classes.TrySet(inClass: false) is { } set)
        {
            _output.Append('[').Append(set).Append(']');
        }
        else
        {
            Literal(_classes.EscapedCharacter(Supported));
        }

        return true;
    }

    private void Literal(char character)
    {
        _output.Append(_ignoreCase ? CaseFolding.AnyCaseOf(character) : CharacterSets.Escape(character));
        _named.Add((character, character));
    }

    private bool Group()
    {
        bool outerCase = _ignoreCase;
        bool takes = true;
        if (!_reader.TryTake("?"))
        {
            _output.Append("(?:");
        }
        else if (Array.Find(["?=", "?!", "?<=", "?<!"], look => _reader.TryTake(look[1..])) is { } look)
        {
            _output.Append('(').Append(look);
            takes = false;
        }
        else if (Array.Find(["?:", "?>"], kind => _reader.TryTake(kind[1..])) is { } kind)
        {
            _output.Append('(').Append(kind);
        }
        else if (Array.Find(["i:", "-i:"], option => _reader.TryTake(option)) is { } option)
        {
            _output.Append("(?:");
            _ignoreCase = option == "i:";
        }
        else
        {
            throw _reader.Error($"this kind of group is not supported; {Supported}");
        }

        Alternatives();
        if (!_reader.TryTake(")"))
        {
            throw _reader.Error("')' is missing");
        }

        _output.Append(')');
        _ignoreCase = outerCase;
        return takes;
    }

    /// <summary>Translates the quantifiers after an atom, which begins at <paramref name="start"/> of the output.</summary>
    private void Quantifier(int start, bool canRepeat)
    {
        while (TakeRepeat() is { } repeat)
        {
            if (!canRepeat)
            {
                throw _reader.Error("a place without characters cannot be repeated");
            }

            bool isInterval = repeat[0] == '{';
            if (isInterval && !repeat.Contains(',', StringComparison.Ordinal) && _reader.Current == '?')
            {
                throw _reader.Error("'?' after '{n}' is not supported");
            }

            // Ruby's syntax knows possessive ?+, *+ and ++ only; after an interval, + repeats the whole.
            bool isPossessive = !isInterval && _reader.TryTake("+");
            bool isLazy = !isPossessive && _reader.TryTake("?");
            _output.Insert(start, isPossessive ? "(?>" : "(?:").Append(repeat).Append(isLazy ? "?)" : ")");
        }
    }

    /// <summary>Takes a quantifier as .NET writes it; null when none comes next.</summary>
    private string? TakeRepeat()
    {
        if (_reader.Current is '*' or '+' or '?')
        {
            return _reader.Take().ToString();
        }

        if (!_reader.TryTake("{"))
        {
            return null;
        }

        int? least = _reader.TakeNumber();
        bool isRange = _reader.TryTake(",");
        int? most = isRange ? _reader.TakeNumber() : least;
        if (!_reader.TryTake("}") || (least ?? most) is null || least > most)
        {
            throw _reader.Error("after '{' a quantifier {n}, {n,}, {n,m} or {,m} is expected");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{{{least ?? 0}{(isRange ? "," : "")}{(isRange ? most : null)}}}");
    }
}
