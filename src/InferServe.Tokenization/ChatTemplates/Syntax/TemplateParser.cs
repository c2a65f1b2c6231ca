using InferServe.Tokenization.ChatTemplates.Lexing;

namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>Text, output and tags; each tag's own syntax is in <see cref="TagParser"/>.</summary>
internal sealed class TemplateParser
{
    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;
    private readonly TagParser _tags;

    private TemplateParser(TokenReader reader)
    {
        _reader = reader;
        _expressions = new ExpressionParser(reader);
        _tags = new TagParser(reader, _expressions, this);
    }

    /// <exception cref="TemplateException">The template is not valid.</exception>
    public static IReadOnlyList<Statement> Parse(string source, TemplateLimits limits)
    {
        if (source.Length > limits.MaxSourceCharacters)
        {
            throw new TemplateLimitException(
                nameof(TemplateLimits.MaxSourceCharacters),
                $"the template has {source.Length} characters, more than {limits.MaxSourceCharacters}",
                0);
        }

        return new TemplateParser(new TokenReader(TemplateLexer.Tokenize(source), limits)).ParseUntil("", []);
    }

    /// <summary>Reads <c>%}</c> and then statements up to, and with, the name of one of the end tags.</summary>
    /// <param name="tag">The tag that has this body.</param>
    /// <param name="endNames">The tags that end it.</param>
    /// <param name="end">The name of the end tag that was met.</param>
    public IReadOnlyList<Statement> ParseBody(string tag, string[] endNames, out string end)
    {
        _reader.SkipOperator(":");
        _reader.Expect(TokenKind.BlockEnd, $"the end of the tag '{tag}'");
        IReadOnlyList<Statement> body = ParseUntil(tag, endNames);
        end = _reader.Next().Text;
        return body;
    }

    private List<Statement> ParseUntil(string tag, string[] endNames)
    {
        int depth = _reader.Depth;
        _reader.Enter();
        List<Statement> body = [];
        while (_reader.Current.Kind != TokenKind.EndOfFile)
        {
            Token token = _reader.Next();
            switch (token.Kind)
            {
                case TokenKind.Data:
                    body.Add(new TextStatement(token.Text, token.Line));
                    break;
                case TokenKind.VariableBegin:
                    body.Add(new OutputStatement(_expressions.ParseTuple(), token.Line));
                    _reader.Expect(TokenKind.VariableEnd, "end of print statement");
                    break;
                default:
                    if (_reader.Current.Kind == TokenKind.Name && endNames.Contains(_reader.Current.Text))
                    {
                        _reader.Leave(depth);
                        return body;
                    }

                    body.Add(_tags.Parse(tag, endNames));
                    _reader.Expect(TokenKind.BlockEnd, "end of statement block");
                    break;
            }
        }

        if (endNames.Length > 0)
        {
            throw _reader.Fail($"Unexpected end of template. The tag '{tag}' needs one of: {string.Join(", ", endNames)}.");
        }

        _reader.Leave(depth);
        return body;
    }
}
