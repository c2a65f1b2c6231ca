using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools.Formats;

/// <summary>
/// Calls of Gemma's function-calling models, <c>call:name{key:value}</c> between two marks; strings stand between two quote marks of
/// their own.
/// </summary>
/// <param name="name">The name in <c>models.json</c>.</param>
/// <param name="open">The mark before a call.</param>
/// <param name="close">The mark behind it.</param>
/// <param name="quote">The mark before and behind a string.</param>
internal sealed class GemmaToolFormat(string name, string open, string close, string quote) : ToolFormat
{
    private const string Call = "call:";

    public override string Name => name;

    public override IReadOnlyList<string> Openings { get; } = [open];

    public override IReadOnlyList<string> Marks { get; } = [open, close, quote];

    public override bool IsKnownTo(string template) => template.Contains(open, StringComparison.Ordinal);

    public override CallEnd FindEnd(string opening, bool plain) => new ClosingTextEnd(opening.Length, close);

    public override IReadOnlyList<AnswerPart.Call>? Parse(string text, IReadOnlyList<ToolFunction> functions)
    {
        var body = text[open.Length..].Trim();
        body = body.EndsWith(close, StringComparison.Ordinal) ? body[..^close.Length].TrimEnd() : body;
        var brace = body.IndexOf('{', StringComparison.Ordinal);
        var function = brace < 0 || !body.StartsWith(Call, StringComparison.Ordinal) ? string.Empty : body[Call.Length..brace].Trim();
        return function.Length > 0 && GemmaValues.ToJson(body[brace..], quote) is { } arguments ? [new AnswerPart.Call(function, arguments)] : null;
    }

    public override GrammarExpression Calls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) =>
        OneOrMore(GrammarExpression.Sequence(marks.Grammar(open), AfterOpen(functions, marks)), several, GrammarExpression.Literal(""));

    public override TriggeredGrammar Triggered(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) =>
        new() { Triggers = [marks.Trigger(open, AfterOpen(functions, marks))] };

    private GrammarExpression AfterOpen(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) => GrammarExpression.Sequence(
        GrammarExpression.Literal(Call),
        GrammarExpression.Choice([.. functions.Select(function => GemmaValues.Grammar(function, marks.Grammar(quote), quote))]),
        marks.Grammar(close));
}
