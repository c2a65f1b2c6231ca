using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools;

/// <summary>
/// How a model family writes tool calls: recognised from its chat template, found in its answers, and enforced by a grammar.
/// Immutable.
/// </summary>
internal abstract class ToolFormat
{
    /// <summary>Longest white space that grammars allow where it means nothing.</summary>
    protected const string Blank = @"[ \t\r\n]{0,8}";

    /// <summary>Most calls of one answer that a grammar allows.</summary>
    protected const int MaxCalls = 64;

    /// <summary>The name in <c>models.json</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Texts with which a call begins anywhere in an answer.</summary>
    public virtual IReadOnlyList<string> Openings => [];

    /// <summary>Texts with which a call begins only where the answer begins or behind another call.</summary>
    public virtual IReadOnlyList<string> StartOpenings => [];

    /// <summary>A text between calls or behind the last one that is no text of the answer; null for none.</summary>
    public virtual string? Separator => null;

    /// <summary>Texts of the form that may be control tokens of the model.</summary>
    public virtual IReadOnlyList<string> Marks => Openings;

    /// <summary>Whether a chat template shows that its model writes calls in this form.</summary>
    public abstract bool IsKnownTo(string template);

    /// <summary>Finds the end of a call.</summary>
    /// <param name="opening">The opening with which it begins.</param>
    /// <param name="plain">Whether to take the first text that looks like an end: nothing else was found in the whole answer.</param>
    public abstract CallEnd FindEnd(string opening, bool plain);

    /// <summary>Reads what <see cref="FindEnd"/> has delimited, or what remains at the end of the answer.</summary>
    /// <returns>The calls, or null when the text is no call.</returns>
    public abstract IReadOnlyList<AnswerPart.Call>? Parse(string text, IReadOnlyList<ToolFunction> functions);

    /// <summary>An answer that consists of one call, or of one or several.</summary>
    public abstract GrammarExpression Calls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks);

    /// <summary>Free text in which what begins like a call is one; null when <see cref="FreeOrCalls"/> says it instead.</summary>
    public virtual TriggeredGrammar? Triggered(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) => null;

    /// <summary>An answer that is calls if it begins like one, and free text otherwise.</summary>
    public virtual GrammarExpression FreeOrCalls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) =>
        throw new NotSupportedException($"The form '{Name}' begins calls with marks.");

    /// <summary>A new id for a call, in the form that the family's templates accept.</summary>
    public virtual string NewCallId() => $"call_{Guid.NewGuid():N}";

    /// <summary>One call, or one and more with white space and <paramref name="separator"/> between them.</summary>
    protected static GrammarExpression OneOrMore(GrammarExpression call, bool several, GrammarExpression? separator = null) => several
        ? GrammarExpression.Sequence(
            call, GrammarExpression.Repeat(GrammarExpression.Sequence(separator ?? White, call), 0, MaxCalls - 1))
        : call;

    protected static GrammarExpression White => GrammarExpression.Regex(Blank);
}
