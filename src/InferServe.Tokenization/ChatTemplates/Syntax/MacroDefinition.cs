namespace InferServe.Tokenization.ChatTemplates.Syntax;

/// <summary>A macro or the body of a call block. What the body mentions decides what it accepts beyond its parameters.</summary>
internal sealed record MacroDefinition(string Name, IReadOnlyList<MacroParameter> Parameters, IReadOnlyList<Statement> Body)
{
    /// <summary>Whether the body mentions <c>caller</c>.</summary>
    public required bool UsesCaller { get; init; }

    /// <summary>Whether the body mentions <c>varargs</c>: further positional arguments are accepted.</summary>
    public required bool UsesVarargs { get; init; }

    /// <summary>Whether the body mentions <c>kwargs</c>: further named arguments are accepted.</summary>
    public required bool UsesKwargs { get; init; }
}

internal sealed record MacroParameter(string Name, Expression? Default);
