using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>An expression of the template language; <paramref name="Line"/> counts from 1.</summary>
internal abstract record Expression(int Line);

internal sealed record LiteralExpression(JinjaValue Value, int Line) : Expression(Line);

internal sealed record NameExpression(string Name, int Line) : Expression(Line);

internal sealed record ListExpression(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

internal sealed record TupleExpression(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

internal sealed record DictExpression(IReadOnlyList<(Expression Key, Expression Value)> Items, int Line) : Expression(Line);

internal sealed record NotExpression(Expression Operand, int Line) : Expression(Line);

internal sealed record SignExpression(bool Negative, Expression Operand, int Line) : Expression(Line);

internal sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right, int Line) : Expression(Line);

internal sealed record AndExpression(Expression Left, Expression Right, int Line) : Expression(Line);

internal sealed record OrExpression(Expression Left, Expression Right, int Line) : Expression(Line);

/// <summary>A chain: <c>a &lt; b &lt;= c</c> compares neighbours and stops at the first that fails.</summary>
internal sealed record ComparisonExpression(
    Expression First, IReadOnlyList<(ComparisonOperator Operator, Expression Operand)> Rest, int Line) : Expression(Line);

/// <summary><c>a ~ b ~ c</c>: the operands as text, joined.</summary>
internal sealed record ConcatExpression(IReadOnlyList<Expression> Parts, int Line) : Expression(Line);

/// <summary><c>Then if Test else Else</c>.</summary>
internal sealed record ConditionalExpression(Expression Test, Expression Then, Expression? Else, int Line) : Expression(Line);

/// <summary><c>target.name</c>.</summary>
internal sealed record AttributeExpression(Expression Target, string Name, int Line) : Expression(Line);

/// <summary><c>target[index]</c>.</summary>
internal sealed record ItemExpression(Expression Target, Expression Index, int Line) : Expression(Line);

/// <summary><c>target[start:stop:step]</c>.</summary>
internal sealed record SliceExpression(
    Expression Target, Expression? Start, Expression? Stop, Expression? Step, int Line) : Expression(Line);

internal sealed record CallExpression(Expression Target, ArgumentList Arguments, int Line) : Expression(Line);

/// <summary><c>input | name(arguments)</c>.</summary>
internal sealed record FilterExpression(Expression Input, string Name, ArgumentList Arguments, int Line) : Expression(Line);

/// <summary><c>input is name(arguments)</c>.</summary>
internal sealed record TestExpression(Expression Input, string Name, ArgumentList Arguments, int Line) : Expression(Line);

/// <summary>Stands for the rendered body in the filters of <c>{% filter f %}</c> and <c>{% set x | f %}</c>.</summary>
internal sealed record BodyExpression(int Line) : Expression(Line);
