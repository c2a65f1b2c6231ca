using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools.Formats;

/// <summary>
/// GLM's calls: <c>&lt;tool_call&gt;name&lt;arg_key&gt;key&lt;/arg_key&gt;&lt;arg_value&gt;value&lt;/arg_value&gt;&lt;/tool_call&gt;</c>. A value is plain text
/// where the function's schema wants a string, and JSON elsewhere.
/// </summary>
internal sealed class GlmToolFormat : ToolFormat
{
    private const string Open = "<tool_call>";
    private const string Close = "</tool_call>";
    private const string Key = "<arg_key>";
    private const string KeyEnd = "</arg_key>";
    private const string Value = "<arg_value>";
    private const string ValueEnd = "</arg_value>";

    public override string Name => "glm";

    public override IReadOnlyList<string> Openings { get; } = [Open];

    public override IReadOnlyList<string> Marks { get; } = [Open, Close, Key, KeyEnd, Value, ValueEnd];

    public override bool IsKnownTo(string template) => template.Contains(Key, StringComparison.Ordinal);

    public override CallEnd FindEnd(string opening, bool plain) => new ClosingTextEnd(opening.Length, Close);

    public override IReadOnlyList<AnswerPart.Call>? Parse(string text, IReadOnlyList<ToolFunction> functions)
    {
        var body = text[Open.Length..].Trim();
        body = body.EndsWith(Close, StringComparison.Ordinal) ? body[..^Close.Length] : body;
        var pieces = body.Split(Key);
        var name = pieces[0].Trim();
        var values = new List<KeyValuePair<string, string>>();
        foreach (var piece in pieces.Skip(1))
        {
            var keyEnd = piece.IndexOf(KeyEnd, StringComparison.Ordinal);
            var begin = piece.IndexOf(Value, StringComparison.Ordinal);
            var end = piece.LastIndexOf(ValueEnd, StringComparison.Ordinal);
            if (keyEnd < 0 || begin < keyEnd || end < begin + Value.Length || !string.IsNullOrWhiteSpace(piece[(end + ValueEnd.Length)..]))
            {
                return null;
            }

            values.Add(new(piece[..keyEnd].Trim(), piece[(begin + Value.Length)..end]));
        }

        return name.Length == 0 || name.AsSpan().ContainsAny('<', '{', '\n')
            ? null
            : [new AnswerPart.Call(name, TypedArguments.ToJson(values, functions.FirstOrDefault(function => function.Name == name)))];
    }

    public override GrammarExpression Calls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) =>
        OneOrMore(GrammarExpression.Sequence(marks.Grammar(Open), AfterOpen(functions, marks)), several);

    public override TriggeredGrammar Triggered(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) =>
        new() { Triggers = [marks.Trigger(Open, AfterOpen(functions, marks))] };

    private static GrammarExpression AfterOpen(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) => GrammarExpression.Sequence(
        GrammarExpression.Choice([.. functions.Select(function => GrammarExpression.Sequence(
        [
            GrammarExpression.Literal($"{function.Name}\n"),
            .. TypedArguments.Members(
                function,
                key => GrammarExpression.Sequence(
                    marks.Grammar(Key), GrammarExpression.Literal(key), marks.Grammar(KeyEnd), GrammarExpression.Literal("\n"), marks.Grammar(Value)),
                TypedArguments.TextWithout(ValueEnd),
                GrammarExpression.Sequence(marks.Grammar(ValueEnd), GrammarExpression.Literal("\n"))),
        ]))]),
        marks.Grammar(Close));
}
