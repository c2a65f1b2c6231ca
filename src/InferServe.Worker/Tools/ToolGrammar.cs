using InferServe.Grammar;

namespace InferServe.Worker.Tools;

/// <summary>A function for which a grammar allows calls.</summary>
/// <param name="Function">The function.</param>
/// <param name="Arguments">The schema of its arguments that the grammar follows, as JSON: its own, or that of any object.</param>
internal sealed record ToolGrammar(ToolFunction Function, string Arguments)
{
    public string Name => Function.Name;

    /// <summary>The arguments as JSON.</summary>
    public GrammarExpression Json => GrammarExpression.Schema(Arguments);
}
