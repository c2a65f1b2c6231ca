namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>A piece of a template; <paramref name="Line"/> counts from 1.</summary>
internal abstract record Statement(int Line);

internal sealed record TextStatement(string Text, int Line) : Statement(Line);

internal sealed record OutputStatement(Expression Value, int Line) : Statement(Line);

internal sealed record IfStatement(
    IReadOnlyList<(Expression Test, IReadOnlyList<Statement> Body)> Branches, IReadOnlyList<Statement> Else, int Line) : Statement(Line);

internal sealed record ForStatement(
    AssignmentTarget Target,
    Expression Iterable,
    Expression? Filter,
    IReadOnlyList<Statement> Body,
    IReadOnlyList<Statement> Else,
    bool IsRecursive,
    int Line) : Statement(Line);

internal sealed record SetStatement(AssignmentTarget Target, Expression Value, int Line) : Statement(Line);

/// <summary><c>{% set x %}...{% endset %}</c>; <paramref name="Value"/> is the body, filtered.</summary>
internal sealed record SetBlockStatement(
    AssignmentTarget Target, Expression Value, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

internal sealed record MacroStatement(MacroDefinition Macro, int Line) : Statement(Line);

/// <summary><c>{% call(a) f() %}...{% endcall %}</c>: the body is given to <c>f</c> as <c>caller</c>.</summary>
internal sealed record CallStatement(MacroDefinition Caller, CallExpression Call, int Line) : Statement(Line);

internal sealed record FilterStatement(Expression Value, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

internal sealed record WithStatement(
    IReadOnlyList<(AssignmentTarget Target, Expression Value)> Assignments, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

/// <summary><c>{% generation %}</c> marks what the assistant writes; for a prompt it is a scope of its own and nothing more.</summary>
internal sealed record GenerationStatement(IReadOnlyList<Statement> Body, int Line) : Statement(Line);

/// <summary><c>{% block name %}</c>: there is no inheritance, so it is a scope below the outermost one, or below the current one.</summary>
internal sealed record BlockStatement(IReadOnlyList<Statement> Body, bool IsScoped, int Line) : Statement(Line);

/// <summary><c>{% autoescape false %}</c>, which is how chat templates are rendered anyway.</summary>
internal sealed record AutoescapeStatement(Expression Value, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

internal sealed record BreakStatement(int Line) : Statement(Line);

internal sealed record ContinueStatement(int Line) : Statement(Line);
