namespace InferServe.Tokenization.ChatTemplates.Lexing;

/// <summary>
/// Splits a template into tokens as Jinja's lexer does with <c>trim_blocks</c> (the line end after a block tag is dropped) and
/// <c>lstrip_blocks</c> (the blanks between a line's begin and a block tag are dropped).
/// </summary>
internal sealed class TemplateLexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private readonly LineCounter _lines;
    private int _position;

    /// <summary>Whether the last tag consumed a line end, so that the next text begins at a line's begin.</summary>
    private bool _lineStarting = true;

    private TemplateLexer(string source)
    {
        _source = source;
        _lines = new LineCounter(source);
    }

    /// <summary>All tokens of a template, the last one <see cref="TokenKind.EndOfFile"/>.</summary>
    /// <exception cref="TemplateException">A tag or a string does not end, or a character has no meaning.</exception>
    public static List<Token> Tokenize(string source) => new TemplateLexer(Normalize(source)).Run();

    /// <summary>Every line end becomes LF, and one line end at the very end is dropped.</summary>
    private static string Normalize(string source)
    {
        string text = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return text.EndsWith('\n') ? text[..^1] : text;
    }

    private List<Token> Run()
    {
        while (_position < _source.Length)
        {
            int begin = FindTag(_position);
            if (begin < 0)
            {
                Add(TokenKind.Data, _source[_position..], _position);
                break;
            }

            ReadTag(begin);
        }

        _tokens.Add(new Token(TokenKind.EndOfFile, "", _lines.LineOf(_source.Length)));
        return _tokens;
    }

    private int FindTag(int from)
    {
        for (int i = _source.IndexOf('{', from); i >= 0 && i + 1 < _source.Length; i = _source.IndexOf('{', i + 1))
        {
            if (_source[i + 1] is '{' or '%' or '#')
            {
                return i;
            }
        }

        return -1;
    }

    private void ReadTag(int begin)
    {
        char kind = _source[begin + 1];
        int afterSign = begin + 2;
        char sign = afterSign < _source.Length && _source[afterSign] is '-' or '+' ? _source[afterSign++] : '\0';
        AddText(begin, sign, isVariable: kind == '{');
        switch (kind)
        {
            case '#':
                SkipComment(begin, afterSign);
                break;
            case '%' when RawBlock.TryReadBegin(_source, afterSign, out int bodyBegin):
                ReadRaw(begin, bodyBegin);
                break;
            default:
                ReadExpressionTag(begin, afterSign, isVariable: kind == '{');
                break;
        }
    }

    private void AddText(int end, char sign, bool isVariable)
    {
        string text = Whitespace.BeforeTag(_source[_position..end], sign, isVariable, _lineStarting);
        Add(TokenKind.Data, text, _position);
    }

    private void SkipComment(int begin, int bodyBegin)
    {
        int end = _source.IndexOf("#}", bodyBegin, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new TemplateException("Missing end of comment tag.", _lines.LineOf(begin));
        }

        char sign = end > bodyBegin && _source[end - 1] is '-' or '+' ? _source[end - 1] : '\0';
        MoveTo(Whitespace.AfterTag(_source, end + 2, sign, trimLineEnd: true));
    }

    private void ReadRaw(int begin, int bodyBegin)
    {
        _lineStarting = _source[bodyBegin - 1] == '\n';
        if (!RawBlock.TryFindEnd(_source, bodyBegin, out RawBlock.End end))
        {
            throw new TemplateException("Missing end of raw directive.", _lines.LineOf(begin));
        }

        Add(TokenKind.Data, Whitespace.BeforeTag(_source[bodyBegin..end.TagBegin], end.BeginSign, false, _lineStarting), bodyBegin);
        MoveTo(Whitespace.AfterTag(_source, end.TagEnd, end.EndSign, trimLineEnd: true));
    }

    private void ReadExpressionTag(int begin, int bodyBegin, bool isVariable)
    {
        _tokens.Add(new Token(isVariable ? TokenKind.VariableBegin : TokenKind.BlockBegin, "", _lines.LineOf(begin)));
        MoveTo(new ExpressionLexer(_source, _lines, _tokens).Read(bodyBegin, isVariable));
    }

    private void MoveTo(int position)
    {
        _position = position;
        _lineStarting = _source[position - 1] == '\n';
    }

    private void Add(TokenKind kind, string text, int position)
    {
        if (text.Length > 0)
        {
            _tokens.Add(new Token(kind, text, _lines.LineOf(position)));
        }
    }
}
