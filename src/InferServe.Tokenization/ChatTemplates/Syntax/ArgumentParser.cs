using InferServe.Tokenization.ChatTemplates.Lexing;

namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>Reads <c>(a, b, name=c, *d, **e)</c>, in this order.</summary>
internal sealed class ArgumentParser(TokenReader reader, ExpressionParser expressions)
{
    public ArgumentList Parse()
    {
        reader.ExpectOperator("(");
        List<Expression> positional = [];
        List<(string, Expression)> named = [];
        Expression? spread = null;
        Expression? namedSpread = null;
        while (!reader.Current.IsOperator(")"))
        {
            if (reader.SkipOperator("*"))
            {
                Require(spread is null && namedSpread is null);
                spread = expressions.Parse();
            }
            else if (reader.SkipOperator("**"))
            {
                Require(namedSpread is null);
                namedSpread = expressions.Parse();
            }
            else if (reader.Current.Kind == TokenKind.Name && reader.Peek().IsOperator("="))
            {
                Require(namedSpread is null);
                string name = reader.Next().Text;
                reader.Next();
                named.Add((name, expressions.Parse()));
            }
            else
            {
                Require(spread is null && namedSpread is null && named.Count == 0);
                positional.Add(expressions.Parse());
            }

            if (!reader.SkipOperator(","))
            {
                break;
            }
        }

        reader.ExpectOperator(")");
        return positional.Count + named.Count == 0 && spread is null && namedSpread is null
            ? ArgumentList.Empty
            : new ArgumentList(positional, named, spread, namedSpread);
    }

    private void Require(bool condition)
    {
        if (!condition)
        {
            throw reader.Fail("invalid syntax for function call expression");
        }
    }
}
