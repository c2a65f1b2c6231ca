using InferServe.Grammar.Expressions;

namespace InferServe.Grammar;

/// <summary>
/// What a text has to look like, put together from literal texts, JSON schemas, regular expressions and so on. Immutable; it is checked
/// when <see cref="GrammarCompiler"/> compiles it, against the limits given there.
/// </summary>
public abstract class GrammarExpression
{
    private protected GrammarExpression()
    {
    }

    /// <summary>Equal for equal expressions, so that a grammar is compiled once.</summary>
    internal abstract string Key { get; }

    /// <summary>Exactly this text; it may be empty.</summary>
    public static GrammarExpression Literal(string text) => new LiteralText(text);

    /// <summary>JSON that fulfils a schema. See docs/structured-outputs.md for what is followed and what is refused.</summary>
    /// <param name="json">The schema as JSON text.</param>
    /// <param name="compact">Without white space between tokens; else what the usual serializers write is allowed.</param>
    public static GrammarExpression Schema(string json, bool compact = false) => new JsonText(json, compact);

    /// <summary>Any JSON object.</summary>
    /// <param name="compact">Without white space between tokens.</param>
    public static GrammarExpression JsonObject(bool compact = false) => new JsonText("""{"type":"object"}""", compact);

    /// <summary>Text that matches a regular expression as a whole.</summary>
    public static GrammarExpression Regex(string pattern) => new RegexText(pattern);

    /// <summary>Text that follows a grammar in the notation of docs/structured-outputs.md, from its rule <c>root</c>.</summary>
    public static GrammarExpression Notation(string grammar) => new NotationText(grammar);

    /// <summary>One after the other.</summary>
    public static GrammarExpression Sequence(params IReadOnlyList<GrammarExpression> parts) => new Combination(Combination.Kind.Sequence, parts);

    /// <summary>Any one of the branches; there is at least one.</summary>
    public static GrammarExpression Choice(params IReadOnlyList<GrammarExpression> branches) => new Combination(Combination.Kind.Choice, branches);

    /// <summary>Exactly one of the texts; there is at least one.</summary>
    public static GrammarExpression OneOf(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Choice([.. texts.Select(Literal)]);
    }

    /// <summary>The part, between <paramref name="min"/> and <paramref name="max"/> times; null: without an upper bound.</summary>
    public static GrammarExpression Repeat(GrammarExpression part, int min, int? max) => new Repetition(part, min, max);

    /// <summary>One certain token, whatever its text: for markers that are control tokens.</summary>
    public static GrammarExpression Token(int token) => new CertainToken(token);

    internal abstract Machine.Expression Compile(ExpressionCompiler compiler);
}
