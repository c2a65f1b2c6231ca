using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools.Formats;

/// <summary>
/// Calls as tags: <c>&lt;tool_call&gt;&lt;function=name&gt;&lt;parameter=key&gt;value&lt;/parameter&gt;&lt;/function&gt;&lt;/tool_call&gt;</c>. A value
/// is plain text where the function's schema wants a string, and JSON elsewhere.
/// </summary>
/// <param name="name">The name in <c>models.json</c>.</param>
/// <param name="open">The mark before a call.</param>
/// <param name="close">The mark behind it.</param>
/// <param name="ownLines">Whether values stand on lines of their own.</param>
/// <param name="excluded">A text that the templates of this form do not hold.</param>
internal sealed class XmlToolFormat(string name, string open, string close, bool ownLines, string? excluded = null) : ToolFormat
{
    private const string Function = "<function=";
    private const string FunctionEnd = "</function>";
    private const string Parameter = "<parameter=";
    private const string ParameterEnd = "</parameter>";

    public override string Name => name;

    public override IReadOnlyList<string> Openings { get; } = [open];

    public override IReadOnlyList<string> Marks { get; } = [open, close];

    public override bool IsKnownTo(string template) =>
        template.Contains(open, StringComparison.Ordinal) && template.Contains(Function, StringComparison.Ordinal)
        && template.Contains(Parameter, StringComparison.Ordinal) && (excluded is null || !template.Contains(excluded, StringComparison.Ordinal));

    public override CallEnd FindEnd(string opening, bool plain) => new ClosingTextEnd(opening.Length, close);

    public override IReadOnlyList<AnswerPart.Call>? Parse(string text, IReadOnlyList<ToolFunction> functions)
    {
        var body = text[open.Length..].Trim();
        body = body.EndsWith(close, StringComparison.Ordinal) ? body[..^close.Length].TrimEnd() : body;
        var bracket = body.IndexOf('>', StringComparison.Ordinal);
        if (!body.StartsWith(Function, StringComparison.Ordinal) || !body.EndsWith(FunctionEnd, StringComparison.Ordinal)
            || bracket <= Function.Length || bracket > body.Length - FunctionEnd.Length)
        {
            return null;
        }

        var function = body[Function.Length..bracket].Trim();
        var values = ReadParameters(body[(bracket + 1)..^FunctionEnd.Length]);
        return values is null ? null : [new AnswerPart.Call(function, TypedArguments.ToJson(values, functions.FirstOrDefault(one => one.Name == function)))];
    }

    public override GrammarExpression Calls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) =>
        OneOrMore(GrammarExpression.Sequence(marks.Grammar(open), AfterOpen(functions, marks)), several);

    public override TriggeredGrammar Triggered(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) =>
        new() { Triggers = [marks.Trigger(open, AfterOpen(functions, marks))] };

    private string Break => ownLines ? "\n" : string.Empty;

    private static List<KeyValuePair<string, string>>? ReadParameters(string body)
    {
        var values = new List<KeyValuePair<string, string>>();
        var position = 0;
        int begin;
        while ((begin = body.IndexOf(Parameter, position, StringComparison.Ordinal)) >= 0)
        {
            var bracket = body.IndexOf('>', begin);
            var end = bracket < 0 ? -1 : body.IndexOf(ParameterEnd, bracket, StringComparison.Ordinal);
            if (end < 0)
            {
                return null;
            }

            values.Add(new(body[(begin + Parameter.Length)..bracket].Trim(), OneLineEndLess(body[(bracket + 1)..end])));
            position = end + ParameterEnd.Length;
        }

        return string.IsNullOrWhiteSpace(body[position..]) ? values : null;
    }

    /// <summary>A line end after the opening tag and one before the closing tag belong to the form, not to the value.</summary>
    private static string OneLineEndLess(string value)
    {
        value = value.StartsWith('\n') ? value[1..] : value;
        return value.EndsWith('\n') ? value[..^1] : value;
    }

    private GrammarExpression AfterOpen(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) => GrammarExpression.Sequence(
        White,
        GrammarExpression.Choice([.. functions.Select(Body)]),
        GrammarExpression.Literal(FunctionEnd),
        White,
        marks.Grammar(close));

    private GrammarExpression Body(ToolGrammar function) => GrammarExpression.Sequence(
    [
        GrammarExpression.Literal($"{Function}{function.Name}>\n"),
        .. TypedArguments.Members(
            function,
            key => GrammarExpression.Literal($"{Parameter}{key}>{Break}"),
            TypedArguments.TextWithout(ParameterEnd),
            GrammarExpression.Literal($"{Break}{ParameterEnd}\n")),
    ]);
}
