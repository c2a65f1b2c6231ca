using System.Globalization;
using System.Text;

namespace InferServe.Grammar.Patterns;

/// <summary>
/// Reads the regular expressions that an automaton can follow exactly: the common ground of RE2 and ECMA-262. Back references, look-behind,
/// word borders and possessive or atomic groups are refused by name and place.
/// </summary>
internal sealed class RegexParser
{
    private readonly string _text;
    private readonly string _where;
    private readonly GrammarLimits _limits;
    private readonly RegexEscapes _escapes;
    private int _position;
    private int _nesting;
    private bool _ignoreCase;
    private bool _dotMatchesLineEnds;

    private RegexParser(string text, string where, GrammarLimits limits)
    {
        _text = text;
        _where = where;
        _limits = limits;
        _escapes = new RegexEscapes(text, Error);
    }

    /// <param name="text">The expression.</param>
    /// <param name="where">Names the place of the expression in messages, for example <c>"pattern" at #/properties/a</c>.</param>
    /// <param name="limits">Bounds size, nesting and repetitions.</param>
    /// <exception cref="GrammarException">It is malformed, unsupported or too large.</exception>
    public static RegexNode Parse(string text, string where, GrammarLimits limits)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > limits.MaxPatternBytes)
        {
            throw new GrammarException($"{where}: the expression has {bytes} bytes; {nameof(GrammarLimits.MaxPatternBytes)} is {limits.MaxPatternBytes}.");
        }

        var parser = new RegexParser(text, where, limits);
        var node = parser.ParseAlternation();
        return parser._position < text.Length ? throw parser.Error(parser._position, "unmatched ')'") : node;
    }

    private RegexNode ParseAlternation()
    {
        var branches = new List<RegexNode> { ParseSequence() };
        while (Peek() == '|')
        {
            _position++;
            branches.Add(ParseSequence());
        }

        return branches.Count == 1 ? branches[0] : new RegexNode.Alternation(branches);
    }

    private RegexNode ParseSequence()
    {
        var parts = new List<RegexNode>();
        while (_position < _text.Length && _text[_position] is not '|' and not ')')
        {
            var start = _position;
            if (ParseAtom() is { } atom)
            {
                parts.Add(ParseQuantifiers(atom, start));
            }
        }

        return parts.Count switch
        {
            0 => new RegexNode.Nothing(),
            1 => parts[0],
            _ => new RegexNode.Sequence(parts),
        };
    }

    private RegexNode? ParseAtom()
    {
        var start = _position;
        var current = _text[_position++];
        switch (current)
        {
            case '(':
                return ParseGroup(start);
            case '[':
                return Character(_escapes.ParseClass(ref _position));
            case '.':
                return new RegexNode.Character(_dotMatchesLineEnds ? CharacterSet.All : CharacterSet.NotLineEnds);
            case '^':
                return new RegexNode.StartAnchor();
            case '$':
                return new RegexNode.EndAnchor();
            case '*' or '+' or '?':
                throw Error(start, $"'{current}' has nothing to repeat");
            case '\\' when Peek() is 'A':
                _position++;
                return new RegexNode.StartAnchor();
            case '\\' when Peek() is 'z' or 'Z':
                _position++;
                return new RegexNode.EndAnchor();
            case '\\':
                _position = start;
                return Character(_escapes.ParseEscape(ref _position));
            default:
                _position = start;
                return Character(_escapes.ParseCharacter(ref _position));
        }
    }

    private RegexNode.Character Character(CharacterSet set) => new(_ignoreCase ? set.IgnoringCase() : set);

    private RegexNode? ParseGroup(int start)
    {
        if (++_nesting > _limits.MaxNesting)
        {
            throw Error(start, $"groups are nested deeper than {nameof(GrammarLimits.MaxNesting)} = {_limits.MaxNesting}");
        }

        var (ignoreCase, dotMatchesLineEnds) = (_ignoreCase, _dotMatchesLineEnds);
        bool? lookAhead = null;
        if (Peek() == '?')
        {
            _position++;
            switch (Peek())
            {
                case ':':
                    _position++;
                    break;
                case '=' or '!':
                    lookAhead = _text[_position++] == '!';
                    break;
                case '>':
                    throw Error(start, "atomic groups '(?>' are not supported");
                case '<' when _position + 1 < _text.Length && _text[_position + 1] is '=' or '!':
                    throw Error(start, "look-behind '(?<' is not supported");
                case '<' or 'P' or '\'':
                    SkipGroupName(start);
                    break;
                default:
                    if (ParseFlags(start))
                    {
                        _nesting--;
                        return null;
                    }

                    break;
            }
        }

        var node = ParseAlternation();
        if (Peek() != ')')
        {
            throw Error(start, "unmatched '('");
        }

        _position++;
        _nesting--;
        (_ignoreCase, _dotMatchesLineEnds) = (ignoreCase, dotMatchesLineEnds);
        return lookAhead is { } negative ? new RegexNode.LookAhead(node, negative) : node;
    }

    private void SkipGroupName(int start)
    {
        var end = _text.IndexOfAny(['>', '\''], _position + 1);
        if (end < 0 || (_text[_position] == 'P' && (_position + 1 >= _text.Length || _text[_position + 1] != '<')))
        {
            throw Error(start, "this form of group is not supported");
        }

        _position = end + 1;
    }

    /// <summary>Reads <c>i</c>, <c>s</c> and their negation; true when the group ends there and the flags hold to the end of the group around it.</summary>
    private bool ParseFlags(int start)
    {
        var value = true;
        while (_position < _text.Length)
        {
            switch (_text[_position++])
            {
                case 'i':
                    _ignoreCase = value;
                    break;
                case 's':
                    _dotMatchesLineEnds = value;
                    break;
                case '-' when value:
                    value = false;
                    break;
                case ':':
                    return false;
                case ')':
                    return true;
                default:
                    throw Error(start, "this form of group or flag is not supported");
            }
        }

        throw Error(start, "unmatched '('");
    }

    private RegexNode ParseQuantifiers(RegexNode atom, int start)
    {
        while (TryParseQuantifier(out var min, out var max))
        {
            if (atom is RegexNode.StartAnchor or RegexNode.EndAnchor or RegexNode.LookAhead)
            {
                throw Error(start, "an anchor or look-ahead cannot be repeated");
            }

            // A lazy quantifier matches the same texts.
            if (Peek() == '?')
            {
                _position++;
            }
            else if (Peek() == '+')
            {
                throw Error(_position, "possessive quantifiers are not supported");
            }

            if (atom is RegexNode.Repetition && (max ?? min) > 1 && ++_nesting > _limits.MaxNesting)
            {
                throw Error(start, $"repetitions are nested deeper than {nameof(GrammarLimits.MaxNesting)} = {_limits.MaxNesting}");
            }

            atom = new RegexNode.Repetition(atom, min, max);
        }

        return atom;
    }

    private bool TryParseQuantifier(out int min, out int? max)
    {
        (min, max) = Peek() switch
        {
            '*' => (0, null),
            '+' => (1, null),
            '?' => (0, 1),
            _ => (-1, (int?)null),
        };
        if (min >= 0)
        {
            _position++;
            return true;
        }

        return Peek() == '{' && TryParseCounts(out min, out max);
    }

    private bool TryParseCounts(out int min, out int? max)
    {
        (min, max) = (0, null);
        var end = _text.IndexOf('}', _position);
        if (end < 0)
        {
            return false;
        }

        // As in ECMA-262 Annex B, braces that hold no counts stand for themselves.
        var parts = _text[(_position + 1)..end].Split(',');
        if (parts.Length > 2 || parts.Any(part => !part.All(char.IsAsciiDigit)) || parts[0].Length == 0)
        {
            return false;
        }

        min = Count(parts[0]);
        max = parts.Length == 1 ? min : parts[1].Length == 0 ? null : Count(parts[1]);
        if (max < min)
        {
            throw Error(_position, "the counts of a repetition are in the wrong order");
        }

        _position = end + 1;
        return true;
    }

    private int Count(string digits)
    {
        var fits = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        return fits && count <= _limits.MaxRepetitions
            ? count
            : throw Error(_position, $"a repetition of {digits} is above {nameof(GrammarLimits.MaxRepetitions)} = {_limits.MaxRepetitions}");
    }

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private GrammarException Error(int position, string problem) =>
        new($"{_where}: regular expression, character {position + 1}: {problem}.");
}
