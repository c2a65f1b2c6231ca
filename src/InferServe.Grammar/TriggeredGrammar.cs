namespace InferServe.Grammar;

/// <summary>
/// Free text in which certain markers begin something that follows a grammar, for example tool calls that a model may or may not make.
/// After the grammar, at the first place where it may end, the text is free again.
/// </summary>
public sealed record TriggeredGrammar
{
    /// <summary>The markers; at least one.</summary>
    public required IReadOnlyList<Trigger> Triggers { get; init; }

    /// <param name="Text">The marker as text, not empty; null when it is a token.</param>
    /// <param name="Token">The marker as a token, whatever its text; null when it is text.</param>
    /// <param name="Then">What follows the marker.</param>
    public sealed record Trigger(string? Text, int? Token, GrammarExpression Then)
    {
        public static Trigger OnText(string text, GrammarExpression then) => new(text, null, then);

        public static Trigger OnToken(int token, GrammarExpression then) => new(null, token, then);
    }
}
