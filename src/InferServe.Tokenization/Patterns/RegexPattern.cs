using System.Buffers;
using System.Text.RegularExpressions;

namespace InferServe.Tokenization.Patterns;

/// <summary>
/// A regular expression of <c>tokenizer.json</c>, which is written for Oniguruma and Unicode code points, run by .NET's engine, which
/// works on UTF-16 units. The expression is translated once; a text with characters above U+FFFF is matched through a stand-in text
/// (<see cref="AstralStandIns"/>).
/// </summary>
internal sealed class RegexPattern : ITextPattern
{
    /// <summary>The longest time that finding one match may take. Usual patterns need microseconds.</summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(10);

    private readonly Regex _regex;
    private readonly AstralStandIns _standIns;
    private readonly Lazy<Regex> _standInRegex;

    private RegexPattern(TranslatedPattern pattern)
    {
        _regex = Compile(pattern.ForBasicText());
        _standIns = new AstralStandIns(pattern.Sets);
        _standInRegex = new Lazy<Regex>(() => Compile(pattern.ForText(_standIns)));
    }

    /// <summary>Translates and compiles an expression.</summary>
    /// <exception cref="PatternException">The expression is malformed or uses something that is not supported.</exception>
    public static RegexPattern Create(string expression)
    {
        TranslatedPattern translated = OnigurumaTranslator.Translate(expression);
        try
        {
            return new RegexPattern(translated);
        }
        catch (ArgumentException exception)
        {
            throw new PatternException($"'{expression}' is no valid regular expression: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="RegexMatchTimeoutException">The pattern backtracks too much on this text.</exception>
    public void FindAll<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : IMatchSink, allows ref struct
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            Find(_regex, text, text, ref sink);
            return;
        }

        char[] buffer = ArrayPool<char>.Shared.Rent(text.Length);
        int length = _standIns.Replace(text, buffer);
        Find(_standInRegex.Value, buffer.AsSpan(0, length), text, ref sink);
        ArrayPool<char>.Shared.Return(buffer);
    }

    // NonBacktracking knows no lookahead, which nearly all splitting patterns use.
    private static Regex Compile(string expression) =>
        new(expression, RegexOptions.Compiled | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTimeout);

    private static void Find<TSink>(Regex regex, ReadOnlySpan<char> matched, ReadOnlySpan<char> text, ref TSink sink)
        where TSink : IMatchSink, allows ref struct
    {
        var position = new Position(text, matched.Length == text.Length);
        int lastEnd = -1;
        foreach (ValueMatch match in regex.EnumerateMatches(matched))
        {
            // As in Oniguruma's iteration, an empty match right after a match does not count.
            if (match.Length > 0 || match.Index != lastEnd)
            {
                lastEnd = match.Index + match.Length;
                int start = position.Of(match.Index);
                sink.Match(start, position.Of(lastEnd));
            }
        }
    }

    /// <summary>Finds the place in a text of a code point's number, for ascending numbers.</summary>
    private ref struct Position(ReadOnlySpan<char> text, bool isSame)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _codePoints;
        private int _units;

        public int Of(int codePoint)
        {
            if (isSame)
            {
                return codePoint;
            }

            for (; _codePoints < codePoint; _codePoints++)
            {
                _units += char.IsHighSurrogate(_text[_units]) ? 2 : 1;
            }

            return _units;
        }
    }
}
