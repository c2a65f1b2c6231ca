using InferServe.Tokenization.ChatTemplates.Formatting;

namespace InferServe.Tokenization.ChatTemplates.Lexing;

/// <summary>Reads the inside of one <c>{{ }}</c> or <c>{% %}</c>, its end included.</summary>
internal sealed class ExpressionLexer(string source, LineCounter lines, List<Token> tokens)
{
    private static readonly string[] Operators =
    [
        "//", "**", "==", "!=", ">=", "<=",
        "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";",
    ];

    /// <summary>The closing brackets that are due; the tag can end only when none is.</summary>
    private readonly Stack<char> _open = new();

    /// <returns>The position after the tag's end and after what that end strips.</returns>
    public int Read(int position, bool isVariable)
    {
        while (position < source.Length)
        {
            if (_open.Count == 0 && TryReadEnd(position, isVariable, out int after))
            {
                return after;
            }

            position = ReadToken(position);
        }

        throw new TemplateException("unexpected end of template, the tag is not closed", lines.LineOf(source.Length));
    }

    private bool TryReadEnd(int position, bool isVariable, out int after)
    {
        string end = isVariable ? "}}" : "%}";
        char sign = source[position] == '-' || (source[position] == '+' && !isVariable) ? source[position] : '\0';
        int at = sign == '\0' ? position : position + 1;
        after = 0;
        if (string.CompareOrdinal(source, at, end, 0, 2) != 0)
        {
            return false;
        }

        tokens.Add(new Token(isVariable ? TokenKind.VariableEnd : TokenKind.BlockEnd, "", lines.LineOf(position)));
        after = Whitespace.AfterTag(source, at + 2, sign, trimLineEnd: !isVariable);
        return true;
    }

    private int ReadToken(int position)
    {
        char c = source[position];
        if (PythonText.IsSpace(c))
        {
            return position + 1;
        }

        if (char.IsAsciiDigit(c))
        {
            bool afterDot = position > 0 && source[position - 1] == '.';
            (TokenKind kind, int length) = NumberLiteral.Measure(source.AsSpan(position), allowFloat: !afterDot);
            return Add(kind, source.Substring(position, length).Replace("_", "", StringComparison.Ordinal), position, length);
        }

        if (c == '_' || char.IsLetter(c))
        {
            int end = position + 1;
            while (end < source.Length && (source[end] == '_' || char.IsLetterOrDigit(source[end])))
            {
                end++;
            }

            return Add(TokenKind.Name, source[position..end], position, end - position);
        }

        return c is '"' or '\'' ? ReadString(position, c) : ReadOperator(position);
    }

    private int ReadString(int position, char quote)
    {
        int end = position + 1;
        while (end < source.Length && source[end] != quote)
        {
            end += source[end] == '\\' ? 2 : 1;
        }

        if (end >= source.Length)
        {
            throw new TemplateException("a string is not closed", lines.LineOf(position));
        }

        string text = StringLiteral.Unescape(source.AsSpan(position + 1, end - position - 1), lines.LineOf(position));
        return Add(TokenKind.String, text, position, end + 1 - position);
    }

    private int ReadOperator(int position)
    {
        foreach (string symbol in Operators)
        {
            if (string.CompareOrdinal(source, position, symbol, 0, symbol.Length) == 0)
            {
                Balance(symbol[0], position);
                return Add(TokenKind.Operator, symbol, position, symbol.Length);
            }
        }

        throw new TemplateException($"unexpected char '{source[position]}'", lines.LineOf(position));
    }

    private void Balance(char symbol, int position)
    {
        switch (symbol)
        {
            case '(':
                _open.Push(')');
                break;
            case '[':
                _open.Push(']');
                break;
            case '{':
                _open.Push('}');
                break;
            case ')' or ']' or '}' when _open.Count == 0:
                throw new TemplateException($"unexpected '{symbol}'", lines.LineOf(position));
            case ')' or ']' or '}' when _open.Pop() is char due && due != symbol:
                throw new TemplateException($"unexpected '{symbol}', expected '{due}'", lines.LineOf(position));
        }
    }

    private int Add(TokenKind kind, string text, int position, int length)
    {
        tokens.Add(new Token(kind, text, lines.LineOf(position)));
        return position + length;
    }
}
