using System.Runtime.CompilerServices;
using InferServe.Tokenization.ChatTemplates.Lexing;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>The place of the parser in the tokens, and how deep it is.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens, TemplateLimits limits)
{
    private int _index;
    private int _depth;

    public Token Current => tokens[_index];

    public int Line => Current.Line;

    /// <summary>How many tokens are read; <see cref="MentionsName"/> looks at those since such a place.</summary>
    public int Index => _index;

    public Token Peek() => tokens[Math.Min(_index + 1, tokens.Count - 1)];

    public Token Next()
    {
        Token token = Current;
        _index = Math.Min(_index + 1, tokens.Count - 1);
        return token;
    }

    public bool SkipOperator(string text) => Skip(Current.IsOperator(text));

    public bool SkipName(string text) => Skip(Current.IsName(text));

    public Token Expect(TokenKind kind, string what) =>
        Current.Kind == kind ? Next() : throw Fail($"expected {what}, got {Current.Describe()}");

    public void ExpectOperator(string text)
    {
        if (!SkipOperator(text))
        {
            throw Fail($"expected '{text}', got {Current.Describe()}");
        }
    }

    public void ExpectName(string text)
    {
        if (!SkipName(text))
        {
            throw Fail($"expected '{text}', got {Current.Describe()}");
        }
    }

    public bool MentionsName(int fromIndex, string name)
    {
        for (int i = fromIndex; i < _index; i++)
        {
            // After a dot it is an attribute, before '=' an argument's name.
            if (tokens[i].IsName(name) && !(i > 0 && tokens[i - 1].IsOperator(".")) && !tokens[i + 1].IsOperator("="))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The depth so far; <see cref="Leave"/> goes back to it.</summary>
    public int Depth => _depth;

    /// <summary>Counts one level of nesting or one more operator of a chain: both make the syntax tree deeper.</summary>
    public void Enter()
    {
        if (++_depth > limits.MaxSyntaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new TemplateLimitException(
                nameof(TemplateLimits.MaxSyntaxDepth), $"the template is nested deeper than {limits.MaxSyntaxDepth} levels", Line);
        }
    }

    public void Leave(int depth) => _depth = depth;

    public IntegerValue Integer(Token token) => token.Text.Length * 3L <= limits.MaxIntegerBits
        ? new IntegerValue(NumberLiteral.ParseInteger(token.Text))
        : throw new TemplateLimitException(
            nameof(TemplateLimits.MaxIntegerBits), $"a whole number needs more than {limits.MaxIntegerBits} bits", token.Line);

    public TemplateException Fail(string reason) => new(reason, Line);

    private bool Skip(bool condition)
    {
        if (condition)
        {
            Next();
        }

        return condition;
    }
}
