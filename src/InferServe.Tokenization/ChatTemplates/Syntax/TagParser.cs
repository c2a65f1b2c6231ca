using InferServe.Tokenization.ChatTemplates.Lexing;

namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>The tags, from their name to before their closing <c>%}</c>.</summary>
internal sealed class TagParser(TokenReader reader, ExpressionParser expressions, TemplateParser template)
{
    private readonly TargetParser _targets = new(reader);
    private readonly HashSet<string> _blocks = new(StringComparer.Ordinal);

    /// <summary>Loops around the current place, within the current macro: break and continue need one.</summary>
    private int _loops;

    public Statement Parse(string enclosing, string[] expectedEnds)
    {
        Token tag = reader.Expect(TokenKind.Name, "a tag's name");
        switch (tag.Text)
        {
            case "if":
                return ParseIf(tag.Line);
            case "for":
                return ParseFor(tag.Line);
            case "set":
                return ParseSet(tag.Line);
            case "macro":
                return new MacroStatement(ParseMacro(), tag.Line);
            case "call":
                return ParseCall(tag.Line);
            case "filter":
                return ParseFilter(tag.Line);
            case "with":
                return ParseWith(tag.Line);
            case "generation":
                return new GenerationStatement(ParseIsolated("generation"), tag.Line);
            case "break" or "continue" when _loops == 0:
                throw new TemplateException($"'{tag.Text}' outside loop", tag.Line);
            case "break":
                return new BreakStatement(tag.Line);
            case "continue":
                return new ContinueStatement(tag.Line);
            case "block":
                return ParseBlock(tag.Line);
            case "autoescape":
                return new AutoescapeStatement(expressions.Parse(), ParseIsolated("autoescape"), tag.Line);
            case "extends" or "include" or "import" or "from" or "do" or "trans":
                throw new TemplateException($"the tag '{tag.Text}' is not supported in chat templates", tag.Line);
            default:
                string hint = expectedEnds.Length == 0 ? "" : $" The tag '{enclosing}' needs one of: {string.Join(", ", expectedEnds)}.";
                throw new TemplateException($"Encountered unknown tag '{tag.Text}'.{hint}", tag.Line);
        }
    }

    private IfStatement ParseIf(int line)
    {
        List<(Expression, IReadOnlyList<Statement>)> branches = [];
        IReadOnlyList<Statement> otherwise = [];
        string end;
        do
        {
            Expression test = expressions.ParseTuple(withConditional: false);
            branches.Add((test, template.ParseBody("if", ["elif", "else", "endif"], out end)));
        }
        while (end == "elif");

        if (end == "else")
        {
            otherwise = template.ParseBody("if", ["endif"], out _);
        }

        return new IfStatement(branches, otherwise, line);
    }

    private ForStatement ParseFor(int line)
    {
        AssignmentTarget target = _targets.Parse(allowNamespace: false, endName: "in");
        reader.ExpectName("in");
        Expression iterable = expressions.ParseTuple(withConditional: false, endName: "recursive");
        Expression? filter = reader.SkipName("if") ? expressions.Parse() : null;
        bool isRecursive = reader.SkipName("recursive");
        _loops++;
        IReadOnlyList<Statement> body = template.ParseBody("for", ["endfor", "else"], out string end);
        _loops--;
        IReadOnlyList<Statement> otherwise = end == "else" ? template.ParseBody("for", ["endfor"], out _) : [];
        return new ForStatement(target, iterable, filter, body, otherwise, isRecursive, line);
    }

    private Statement ParseSet(int line)
    {
        AssignmentTarget target = _targets.Parse(allowNamespace: true, endName: null);
        if (reader.SkipOperator("="))
        {
            return new SetStatement(target, expressions.ParseTuple(), line);
        }

        Expression value = expressions.Primary.ParseFilters(new BodyExpression(line));
        return new SetBlockStatement(target, value, ParseIsolated("set"), line);
    }

    private BlockStatement ParseBlock(int line)
    {
        string name = reader.Expect(TokenKind.Name, "the block's name").Text;
        bool isScoped = reader.SkipName("scoped");
        if (!_blocks.Add(name))
        {
            throw new TemplateException($"block '{name}' defined twice", line);
        }

        IReadOnlyList<Statement> body = ParseIsolated("block");
        reader.SkipName(name);
        return new BlockStatement(body, isScoped, line);
    }

    private FilterStatement ParseFilter(int line)
    {
        Expression value = expressions.Primary.ParseFilters(expressions.Primary.ParseFilter(new BodyExpression(line)));
        return new FilterStatement(value, ParseIsolated("filter"), line);
    }

    private WithStatement ParseWith(int line)
    {
        List<(AssignmentTarget, Expression)> assignments = [];
        while (reader.Current.Kind != TokenKind.BlockEnd)
        {
            if (assignments.Count > 0)
            {
                reader.ExpectOperator(",");
            }

            AssignmentTarget target = _targets.ParseOne();
            reader.ExpectOperator("=");
            assignments.Add((target, expressions.Parse()));
        }

        return new WithStatement(assignments, template.ParseBody("with", ["endwith"], out _), line);
    }

    private CallStatement ParseCall(int line)
    {
        int from = reader.Index;
        List<MacroParameter> parameters = reader.Current.IsOperator("(") ? ParseParameters() : [];
        int callLine = reader.Line;
        Expression call = expressions.Primary.ParseUnary(withFilters: false);
        if (call is not CallExpression callExpression)
        {
            throw new TemplateException("expected call", callLine);
        }

        IReadOnlyList<Statement> body = ParseIsolated("call");
        return new CallStatement(Define("caller", parameters, body, from), callExpression, line);
    }

    private MacroDefinition ParseMacro()
    {
        string name = reader.Expect(TokenKind.Name, "the macro's name").Text;
        int from = reader.Index;
        List<MacroParameter> parameters = ParseParameters();
        return Define(name, parameters, ParseIsolated("macro"), from);
    }

    private MacroDefinition Define(string name, List<MacroParameter> parameters, IReadOnlyList<Statement> body, int from) =>
        new(name, parameters, body)
        {
            UsesCaller = reader.MentionsName(from, "caller"),
            UsesVarargs = reader.MentionsName(from, "varargs"),
            UsesKwargs = reader.MentionsName(from, "kwargs"),
        };

    private List<MacroParameter> ParseParameters()
    {
        reader.ExpectOperator("(");
        List<MacroParameter> parameters = [];
        while (!reader.Current.IsOperator(")"))
        {
            if (parameters.Count > 0)
            {
                reader.ExpectOperator(",");
            }

            string name = reader.Expect(TokenKind.Name, "a parameter's name").Text;
            Expression? value = reader.SkipOperator("=") ? expressions.Parse() : null;
            if (value is null && parameters.Count > 0 && parameters[^1].Default is not null)
            {
                throw reader.Fail("non-default argument follows default argument");
            }

            parameters.Add(new MacroParameter(name, value));
        }

        reader.ExpectOperator(")");
        return parameters;
    }

    /// <summary>A body that is a scope of its own, so that no loop around it can be left from inside.</summary>
    private IReadOnlyList<Statement> ParseIsolated(string tag)
    {
        int loops = _loops;
        _loops = 0;
        IReadOnlyList<Statement> body = template.ParseBody(tag, [$"end{tag}"], out _);
        _loops = loops;
        return body;
    }
}
