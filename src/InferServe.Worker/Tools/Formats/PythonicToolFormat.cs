using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools.Formats;

/// <summary>Calls as a Python list, <c>[f(a=1), g()]</c>: the whole answer, or between two marks.</summary>
/// <param name="name">The name in <c>models.json</c>.</param>
/// <param name="open">The mark before the list; empty when the list is the whole answer.</param>
/// <param name="close">The mark behind it.</param>
/// <param name="isList">Whether square brackets enclose the calls; else they stand one in a line.</param>
/// <param name="signs">Texts, any of which a chat template holds whose model writes this form.</param>
internal sealed class PythonicToolFormat(string name, string open, string close, bool isList, params string[] signs) : ToolFormat
{
    public override string Name => name;

    public override IReadOnlyList<string> Openings { get; } = open.Length > 0 ? [open] : [];

    public override IReadOnlyList<string> StartOpenings { get; } = open.Length > 0 ? [] : ["["];

    public override IReadOnlyList<string> Marks { get; } = open.Length > 0 ? [open, close] : [];

    public override bool IsKnownTo(string template) => signs.Any(sign => template.Contains(sign, StringComparison.Ordinal));

    public override CallEnd FindEnd(string opening, bool plain) => open.Length > 0
        ? new ClosingTextEnd(opening.Length, close)
        : new CheckedEnd(CheckedEnd.FirstFunction, new BracketEnd(0, "[", "\"'"));

    public override IReadOnlyList<AnswerPart.Call>? Parse(string text, IReadOnlyList<ToolFunction> functions)
    {
        var body = text.StartsWith(open, StringComparison.Ordinal) ? text[open.Length..] : text;
        body = (close.Length > 0 && body.EndsWith(close, StringComparison.Ordinal) ? body[..^close.Length] : body).Trim();
        // Some templates of these families show calls as JSON between the same marks.
        return PythonCalls.Parse(body.StartsWith('[') ? body : $"[{body}]")
            ?? (open.Length > 0 ? JsonCalls.Parse(body, "name", "arguments", "parameters") : null);
    }

    public override GrammarExpression Calls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) => open.Length > 0
        ? GrammarExpression.Sequence(marks.Grammar(open), Body(functions, several), marks.Grammar(close))
        : Body(functions, several);

    public override TriggeredGrammar? Triggered(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) => open.Length == 0
        ? null
        : new TriggeredGrammar
        {
            Triggers = [marks.Trigger(open, GrammarExpression.Sequence(Body(functions, several: true), marks.Grammar(close)))],
        };

    public override GrammarExpression FreeOrCalls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) =>
        GrammarExpression.Choice(Calls(functions, several, marks), GrammarExpression.Regex(@"\s*(?:[^\s\[][\s\S]*)?"));

    private GrammarExpression Body(IReadOnlyList<ToolGrammar> functions, bool several)
    {
        var call = GrammarExpression.Choice([.. functions.Select(PythonGrammar.Call)]);
        return isList
            ? GrammarExpression.Sequence(
                GrammarExpression.Literal("["), OneOrMore(call, several, GrammarExpression.Literal(", ")), GrammarExpression.Literal("]"))
            : GrammarExpression.Sequence(White, OneOrMore(call, several, GrammarExpression.Literal("\n")), White);
    }
}
