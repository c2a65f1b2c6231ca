using System.Text;
using InferServe.Tokenization.ChatTemplates.Lexing;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>Literals, names and parentheses, and what follows them: attributes, items, calls, filters and tests.</summary>
internal sealed class PrimaryParser(TokenReader reader, ExpressionParser expressions)
{
    private readonly ArgumentParser _arguments = new(reader, expressions);

    public Expression ParseUnary(bool withFilters)
    {
        int depth = reader.Depth;
        int line = reader.Line;
        Expression expression;
        if (reader.Current.IsOperator("-") || reader.Current.IsOperator("+"))
        {
            reader.Enter();
            bool negative = reader.Next().Text == "-";
            expression = new SignExpression(negative, ParseUnary(withFilters: false), line);
        }
        else
        {
            expression = ParsePrimary();
        }

        expression = ParsePostfix(expression);
        expression = withFilters ? ParseFiltersAndTests(expression) : expression;
        reader.Leave(depth);
        return expression;
    }

    public Expression ParsePrimary()
    {
        Token token = reader.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                reader.Next();
                return token.Text switch
                {
                    "true" or "True" => new LiteralExpression(BooleanValue.True, token.Line),
                    "false" or "False" => new LiteralExpression(BooleanValue.False, token.Line),
                    "none" or "None" => new LiteralExpression(NoneValue.Instance, token.Line),
                    _ => new NameExpression(token.Text, token.Line),
                };
            case TokenKind.String:
                return ParseString();
            case TokenKind.Integer:
                reader.Next();
                return new LiteralExpression(reader.Integer(token), token.Line);
            case TokenKind.Float:
                reader.Next();
                return new LiteralExpression(new FloatValue(NumberLiteral.ParseFloat(token.Text)), token.Line);
            case TokenKind.Operator when token.Text == "(":
                reader.Next();
                Expression inner = expressions.ParseTuple(inParentheses: true);
                reader.ExpectOperator(")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                reader.Next();
                return new ListExpression(ParseItems("]", () => expressions.Parse()), token.Line);
            case TokenKind.Operator when token.Text == "{":
                reader.Next();
                return new DictExpression(ParseItems("}", ParsePair), token.Line);
            default:
                throw reader.Fail($"unexpected {token.Describe()}");
        }
    }

    /// <summary>The filters that follow, applied to <paramref name="input"/>.</summary>
    public Expression ParseFilters(Expression input)
    {
        while (reader.Current.IsOperator("|"))
        {
            reader.Enter();
            reader.Next();
            input = ParseFilter(input);
        }

        return input;
    }

    /// <summary>A filter's name and arguments, without the <c>|</c>.</summary>
    public FilterExpression ParseFilter(Expression input)
    {
        int line = reader.Line;
        string name = reader.Expect(TokenKind.Name, "a filter's name").Text;
        return new FilterExpression(input, name, ParseOptionalArguments(), line);
    }

    public CallExpression ParseCall(Expression target)
    {
        int line = reader.Line;
        return new CallExpression(target, _arguments.Parse(), line);
    }

    private Expression ParsePostfix(Expression expression)
    {
        while (reader.Current.Kind == TokenKind.Operator && reader.Current.Text is "." or "[" or "(")
        {
            reader.Enter();
            expression = reader.Current.Text switch
            {
                "." => ParseAttribute(expression),
                "[" => ParseSubscript(expression),
                _ => ParseCall(expression),
            };
        }

        return expression;
    }

    private Expression ParseFiltersAndTests(Expression expression)
    {
        while (true)
        {
            if (reader.Current.IsOperator("|"))
            {
                expression = ParseFilters(expression);
            }
            else if (reader.Current.IsName("is"))
            {
                reader.Enter();
                expression = ParseTest(expression);
            }
            else if (reader.Current.IsOperator("("))
            {
                reader.Enter();
                expression = ParseCall(expression);
            }
            else
            {
                return expression;
            }
        }
    }

    private LiteralExpression ParseString()
    {
        Token first = reader.Next();
        var text = new StringBuilder(first.Text);
        while (reader.Current.Kind == TokenKind.String)
        {
            text.Append(reader.Next().Text);
        }

        return new LiteralExpression(new StringValue(text.ToString()), first.Line);
    }

    private List<T> ParseItems<T>(string end, Func<T> parseItem)
    {
        List<T> items = [];
        while (!reader.Current.IsOperator(end))
        {
            items.Add(parseItem());
            if (!reader.SkipOperator(","))
            {
                break;
            }
        }

        reader.ExpectOperator(end);
        return items;
    }

    private (Expression Key, Expression Value) ParsePair()
    {
        Expression key = expressions.Parse();
        reader.ExpectOperator(":");
        return (key, expressions.Parse());
    }

    private Expression ParseAttribute(Expression target)
    {
        int line = reader.Next().Line;
        Token name = reader.Next();
        return name.Kind switch
        {
            TokenKind.Name => new AttributeExpression(target, name.Text, line),
            TokenKind.Integer => new ItemExpression(
                target, new LiteralExpression(reader.Integer(name), name.Line), line),
            _ => throw new TemplateException("expected name or number", name.Line),
        };
    }

    private Expression ParseSubscript(Expression target)
    {
        int line = reader.Next().Line;
        List<Expression> indexes = [];
        while (!reader.Current.IsOperator("]"))
        {
            Expression? start = reader.Current.IsOperator(":") ? null : expressions.Parse();
            if (indexes.Count == 0 && reader.SkipOperator(":"))
            {
                return ParseSlice(target, start, line);
            }

            indexes.Add(start ?? throw reader.Fail("a slice cannot be one of several indexes"));
            if (!reader.SkipOperator(","))
            {
                break;
            }
        }

        reader.ExpectOperator("]");
        return new ItemExpression(target, indexes.Count == 1 ? indexes[0] : new TupleExpression(indexes, line), line);
    }

    private SliceExpression ParseSlice(Expression target, Expression? start, int line)
    {
        Expression? stop = EndsSlicePart() ? null : expressions.Parse();
        Expression? step = reader.SkipOperator(":") && !EndsSlicePart() ? expressions.Parse() : null;
        reader.ExpectOperator("]");
        return new SliceExpression(target, start, stop, step, line);
    }

    private bool EndsSlicePart() => reader.Current.IsOperator("]") || reader.Current.IsOperator(":");

    private Expression ParseTest(Expression input)
    {
        int line = reader.Next().Line;
        bool negated = reader.SkipName("not");
        string name = reader.Expect(TokenKind.Name, "a test's name").Text;
        ArgumentList arguments = TestTakesOperand()
            ? new ArgumentList([ParsePostfix(ParsePrimary())], [], null, null)
            : ParseOptionalArguments();
        var test = new TestExpression(input, name, arguments, line);
        return negated ? new NotExpression(test, line) : test;
    }

    /// <summary>Whether a test's argument follows without parentheses, as in <c>x is divisibleby 3</c>.</summary>
    private bool TestTakesOperand()
    {
        Token token = reader.Current;
        if (token.IsName("is"))
        {
            throw reader.Fail("You cannot chain multiple tests with is");
        }

        return token.Kind switch
        {
            TokenKind.Name => token.Text is not ("else" or "or" or "and"),
            TokenKind.String or TokenKind.Integer or TokenKind.Float => true,
            TokenKind.Operator => token.Text is "[" or "{",
            _ => false,
        };
    }

    private ArgumentList ParseOptionalArguments() => reader.Current.IsOperator("(") ? _arguments.Parse() : ArgumentList.Empty;
}
