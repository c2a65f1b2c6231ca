namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>The arguments of a call, filter or test: <c>(positional, name=value, *spread, **named spread)</c>.</summary>
internal sealed record ArgumentList(
    IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named, Expression? Spread, Expression? NamedSpread)
{
    public static ArgumentList Empty { get; } = new([], [], null, null);
}
