using InferServe.Tokenization.ChatTemplates.Lexing;

namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>
/// Operators by rising strength: <c>if/else</c>, <c>or</c>, <c>and</c>, <c>not</c>, comparisons, <c>+ -</c>, <c>~</c>,
/// <c>* / // %</c>, <c>**</c>, signs; then what <see cref="PrimaryParser"/> reads.
/// </summary>
internal sealed class ExpressionParser
{
    private readonly TokenReader _reader;
    private readonly PrimaryParser _primary;

    public ExpressionParser(TokenReader reader)
    {
        _reader = reader;
        _primary = new PrimaryParser(reader, this);
    }

    public PrimaryParser Primary => _primary;

    public Expression Parse(bool withConditional = true)
    {
        int depth = _reader.Depth;
        _reader.Enter();
        Expression expression = withConditional ? ParseConditional() : ParseOr();
        _reader.Leave(depth);
        return expression;
    }

    /// <summary>An expression, or a tuple when commas follow.</summary>
    /// <param name="withConditional">False where an <c>if</c> that follows belongs to the statement.</param>
    /// <param name="inParentheses">Whether nothing at all stands for the empty tuple.</param>
    /// <param name="endName">A keyword that ends the tuple.</param>
    public Expression ParseTuple(bool withConditional = true, bool inParentheses = false, string? endName = null)
    {
        int line = _reader.Line;
        List<Expression> items = [];
        bool isTuple = false;
        while (!EndsTuple(endName))
        {
            items.Add(Parse(withConditional));
            if (!_reader.SkipOperator(","))
            {
                break;
            }

            isTuple = true;
        }

        if (isTuple || (items.Count == 0 && inParentheses))
        {
            return new TupleExpression(items, line);
        }

        return items.Count > 0 ? items[0] : throw _reader.Fail($"expected an expression, got {_reader.Current.Describe()}");
    }

    private bool EndsTuple(string? endName) =>
        _reader.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd
        || _reader.Current.IsOperator(")")
        || (endName is not null && _reader.Current.IsName(endName));

    private Expression ParseConditional()
    {
        int depth = _reader.Depth;
        int line = _reader.Line;
        Expression expression = ParseOr();
        while (_reader.SkipName("if"))
        {
            _reader.Enter();
            Expression test = ParseOr();
            Expression? otherwise = _reader.SkipName("else") ? ParseConditional() : null;
            expression = new ConditionalExpression(test, expression, otherwise, line);
        }

        _reader.Leave(depth);
        return expression;
    }

    private Expression ParseOr()
    {
        int depth = _reader.Depth;
        int line = _reader.Line;
        Expression left = ParseAnd();
        while (_reader.SkipName("or"))
        {
            _reader.Enter();
            left = new OrExpression(left, ParseAnd(), line);
        }

        _reader.Leave(depth);
        return left;
    }

    private Expression ParseAnd()
    {
        int depth = _reader.Depth;
        int line = _reader.Line;
        Expression left = ParseNot();
        while (_reader.SkipName("and"))
        {
            _reader.Enter();
            left = new AndExpression(left, ParseNot(), line);
        }

        _reader.Leave(depth);
        return left;
    }

    private Expression ParseNot()
    {
        int line = _reader.Line;
        if (!_reader.SkipName("not"))
        {
            return ParseComparison();
        }

        int depth = _reader.Depth;
        _reader.Enter();
        var negation = new NotExpression(ParseNot(), line);
        _reader.Leave(depth);
        return negation;
    }

    private Expression ParseComparison()
    {
        int line = _reader.Line;
        Expression first = ParseSum();
        List<(ComparisonOperator, Expression)> rest = [];
        while (NextComparison() is { } comparison)
        {
            rest.Add((comparison, ParseSum()));
        }

        return rest.Count == 0 ? first : new ComparisonExpression(first, rest, line);
    }

    private ComparisonOperator? NextComparison()
    {
        Token token = _reader.Current;
        ComparisonOperator? found = token.Kind switch
        {
            TokenKind.Operator => token.Text switch
            {
                "==" => ComparisonOperator.Equal,
                "!=" => ComparisonOperator.NotEqual,
                "<" => ComparisonOperator.Less,
                "<=" => ComparisonOperator.LessOrEqual,
                ">" => ComparisonOperator.Greater,
                ">=" => ComparisonOperator.GreaterOrEqual,
                _ => null,
            },
            TokenKind.Name when token.Text == "in" => ComparisonOperator.In,
            TokenKind.Name when token.Text == "not" && _reader.Peek().IsName("in") => ComparisonOperator.NotIn,
            _ => null,
        };

        if (found is not null)
        {
            _reader.Next();
        }

        if (found == ComparisonOperator.NotIn)
        {
            _reader.Next();
        }

        return found;
    }

    private Expression ParseSum() => ParseChain(SumOperator, static parser => parser.ParseConcat());

    private Expression ParseConcat()
    {
        int line = _reader.Line;
        Expression first = ParseProduct();
        if (!_reader.Current.IsOperator("~"))
        {
            return first;
        }

        List<Expression> parts = [first];
        while (_reader.SkipOperator("~"))
        {
            parts.Add(ParseProduct());
        }

        return new ConcatExpression(parts, line);
    }

    private Expression ParseProduct() => ParseChain(ProductOperator, static parser => parser.ParsePower());

    /// <summary>Unlike in Python, <c>**</c> binds from the left and weaker than a sign.</summary>
    private Expression ParsePower() => ParseChain(PowerOperator, static parser => parser._primary.ParseUnary(withFilters: true));

    private Expression ParseChain(Func<string, BinaryOperator?> operators, Func<ExpressionParser, Expression> operand)
    {
        int depth = _reader.Depth;
        int line = _reader.Line;
        Expression left = operand(this);
        while (_reader.Current.Kind == TokenKind.Operator && operators(_reader.Current.Text) is { } found)
        {
            _reader.Enter();
            line = _reader.Next().Line;
            left = new BinaryExpression(found, left, operand(this), line);
        }

        _reader.Leave(depth);
        return left;
    }

    private static BinaryOperator? SumOperator(string text) => text switch
    {
        "+" => BinaryOperator.Add,
        "-" => BinaryOperator.Subtract,
        _ => null,
    };

    private static BinaryOperator? ProductOperator(string text) => text switch
    {
        "*" => BinaryOperator.Multiply,
        "/" => BinaryOperator.Divide,
        "//" => BinaryOperator.FloorDivide,
        "%" => BinaryOperator.Modulo,
        _ => null,
    };

    private static BinaryOperator? PowerOperator(string text) => text == "**" ? BinaryOperator.Power : null;
}
