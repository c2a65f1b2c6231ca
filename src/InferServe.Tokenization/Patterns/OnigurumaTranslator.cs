using System.Globalization;

namespace InferServe.Tokenization.Patterns;

/// <summary>
/// Translates regular expressions from the syntax that Hugging Face tokenizers use (Oniguruma with Ruby's syntax) into .NET's. What
/// means the same is copied; sets of characters, possessive quantifiers, quantifiers in a row, case-insensitive letters, <c>\b</c>,
/// <c>^</c>, <c>$</c> and <c>.</c> are rewritten; everything else is refused rather than guessed.
/// </summary>
internal sealed class OnigurumaTranslator
{
    private const int MostNesting = 64;
    private const int MostLength = 32 * 1024;
    private const string Supported = "supported are literals, classes, general categories, scripts, \\s \\d \\w \\h \\b \\R, anchors, groups, lookaround, (?i:…) and quantifiers";

    private readonly PatternReader _reader;
    private readonly TranslatedPattern _output = new();
    private readonly CharacterClassTranslator _classes;
    private bool _ignoreCase;
    private int _nesting;

    private OnigurumaTranslator(string expression)
    {
        _reader = new PatternReader(expression);
        _classes = new CharacterClassTranslator(_reader);
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
            ? translator._output
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
                _output.Add("|");
                continue;
            }

            int start = _output.Count;
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
                _output.Add(_classes.Read(_ignoreCase));
                return true;
            case '.':
                _output.Add(CharacterSets.Dot);
                return true;
            case '^':
                _output.Add(@"(?:\A|(?<=\n)(?!\z))");
                return false;
            case '$':
                _output.Add(@"(?=\n|\z)");
                return false;
            case '\\':
                return Escape();
            case '*' or '+' or '?' or '{':
                throw _reader.Error($"'{next}' repeats nothing");
            default:
                _reader.Back();
                Literal(_reader.TakeCharacter());
                return true;
        }
    }

    private bool Escape()
    {
        char next = _reader.Current;
        switch (next)
        {
            case 'A' or 'z' or 'Z':
                _output.Add($"\\{_reader.Take()}");
                return false;
            case 'b':
                _reader.Take();
                WordBorder();
                return false;
            case 'B':
                _reader.Take();
                _output.Add("(?!");
                WordBorder();
                _output.Add(")");
                return false;
            case 'R':
                _reader.Take();
                _output.Add(@"(?>\r\n|[\n-\r\u0085\u2028\u2029])");
                return true;
        }

        if (_classes.TrySet(inClass: false) is { } set)
        {
            _output.Add(set);
        }
        else
        {
            Literal(_classes.EscapedCharacter(Supported));
        }

        return true;
    }

    private void WordBorder()
    {
        _output.Add("(?:(?<=");
        _output.Add(CharacterSets.Word);
        _output.Add(")(?!");
        _output.Add(CharacterSets.Word);
        _output.Add(")|(?<!");
        _output.Add(CharacterSets.Word);
        _output.Add(")(?=");
        _output.Add(CharacterSets.Word);
        _output.Add("))");
    }

    private void Literal(int character)
    {
        if (_ignoreCase)
        {
            _output.Add(CaseFolding.FormsOf(character, character));
        }
        else if (character <= char.MaxValue)
        {
            _output.Add(CharacterSets.Escape((char)character));
        }
        else
        {
            _output.Add(CharacterClass.OfCharacter(character));
        }
    }

    private bool Group()
    {
        bool outerCase = _ignoreCase;
        bool takes = true;
        if (!_reader.TryTake("?"))
        {
            _output.Add("(?:");
        }
        else if (Array.Find(["?=", "?!", "?<=", "?<!"], look => _reader.TryTake(look[1..])) is { } look)
        {
            _output.Add("(" + look);
            takes = false;
        }
        else if (Array.Find(["?:", "?>"], kind => _reader.TryTake(kind[1..])) is { } kind)
        {
            _output.Add("(" + kind);
        }
        else if (Array.Find(["i:", "-i:"], option => _reader.TryTake(option)) is { } option)
        {
            _output.Add("(?:");
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

        _output.Add(")");
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
            _output.Insert(start, isPossessive ? "(?>" : "(?:");
            _output.Add(repeat + (isLazy ? "?)" : ")"));
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
