using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools.Formats;

/// <summary>Functionary's calls: <c>&lt;function=name&gt;{…}&lt;/function&gt;</c>.</summary>
internal sealed class FunctionTagToolFormat : ToolFormat
{
    private const string Open = "<function=";
    private const string Close = "</function>";

    public override string Name => "functionary";

    public override IReadOnlyList<string> Openings { get; } = [Open];

    public override bool IsKnownTo(string template) =>
        template.Contains(Open, StringComparison.Ordinal) && !template.Contains("<parameter=", StringComparison.Ordinal);

    public override CallEnd FindEnd(string opening, bool plain) =>
        plain ? new ClosingTextEnd(opening.Length, Close) : new TaggedJsonEnd(opening.Length, Close);

    public override IReadOnlyList<AnswerPart.Call>? Parse(string text, IReadOnlyList<ToolFunction> functions)
    {
        var end = text.EndsWith(Close, StringComparison.Ordinal) ? text.Length - Close.Length : text.Length;
        var bracket = text.IndexOf('>', StringComparison.Ordinal);
        var name = bracket < 0 ? string.Empty : text[Open.Length..bracket].Trim();
        return name.Length > 0 && bracket < end && JsonCalls.Arguments(text[(bracket + 1)..end]) is { } arguments
            ? [new AnswerPart.Call(name, arguments)]
            : null;
    }

    public override GrammarExpression Calls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) =>
        OneOrMore(GrammarExpression.Sequence(GrammarExpression.Literal(Open), AfterOpen(functions)), several);

    public override TriggeredGrammar Triggered(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) =>
        new() { Triggers = [TriggeredGrammar.Trigger.OnText(Open, AfterOpen(functions))] };

    private static GrammarExpression AfterOpen(IReadOnlyList<ToolGrammar> functions) => GrammarExpression.Choice(
        [.. functions.Select(function => GrammarExpression.Sequence(
            GrammarExpression.Literal($"{function.Name}>"), function.Json, GrammarExpression.Literal(Close)))]);
}
