using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools.Formats;

/// <summary>
/// DeepSeek's calls between their marks: <c>function</c>, the name and a fenced block of JSON (V3 and R1), or the name and the JSON alone
/// (V3.1 and later). Both are read; which one is enforced depends on <paramref name="fenced"/>.
/// </summary>
/// <param name="fenced">Whether the arguments stand in a fenced block.</param>
internal sealed class DeepSeekToolFormat(bool fenced) : ToolFormat
{
    private const string CallsBegin = "<｜tool▁calls▁begin｜>";
    private const string CallsEnd = "<｜tool▁calls▁end｜>";
    private const string CallBegin = "<｜tool▁call▁begin｜>";
    private const string CallEndMark = "<｜tool▁call▁end｜>";
    private const string Separation = "<｜tool▁sep｜>";
    private const string Fence = "```";

    public override string Name => fenced ? "deepseek" : "deepseek-v3.1";

    public override IReadOnlyList<string> Openings { get; } = [CallsBegin];

    public override IReadOnlyList<string> Marks { get; } = [CallsBegin, CallsEnd, CallBegin, CallEndMark, Separation];

    public override bool IsKnownTo(string template) =>
        template.Contains(CallsBegin, StringComparison.Ordinal) && template.Contains("```json", StringComparison.Ordinal) == fenced;

    public override CallEnd FindEnd(string opening, bool plain) => new ClosingTextEnd(opening.Length, CallsEnd);

    public override IReadOnlyList<AnswerPart.Call>? Parse(string text, IReadOnlyList<ToolFunction> functions)
    {
        var calls = new List<AnswerPart.Call>();
        var body = text[CallsBegin.Length..].Replace(CallsEnd, string.Empty, StringComparison.Ordinal);
        foreach (var one in body.Split(CallBegin).Skip(1))
        {
            var parts = one.Split(CallEndMark)[0].Split(Separation, 2);
            if (parts.Length < 2 || Read(parts[0].Trim(), parts[1]) is not { } call)
            {
                return null;
            }

            calls.Add(call);
        }

        return calls;
    }

    public override GrammarExpression Calls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) =>
        GrammarExpression.Sequence(marks.Grammar(CallsBegin), AfterMark(functions, several, marks));

    public override TriggeredGrammar Triggered(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) =>
        new() { Triggers = [marks.Trigger(CallsBegin, AfterMark(functions, several: true, marks))] };

    private static AnswerPart.Call? Read(string before, string after)
    {
        var brace = after.IndexOf('{', StringComparison.Ordinal);
        if (brace < 0)
        {
            return null;
        }

        // "function", then the name, then the fenced block; or the name, then the JSON.
        var name = after[..brace].Split(Fence)[0].Trim();
        name = name.Length > 0 ? name : before;
        var json = after[brace..].TrimEnd();
        json = json.EndsWith(Fence, StringComparison.Ordinal) ? json[..^Fence.Length] : json;
        return name.Length > 0 && JsonCalls.Arguments(json) is { } arguments ? new AnswerPart.Call(name, arguments) : null;
    }

    private GrammarExpression AfterMark(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks)
    {
        var call = GrammarExpression.Choice([.. functions.Select(function => GrammarExpression.Sequence(
            marks.Grammar(CallBegin),
            GrammarExpression.Literal(fenced ? "function" : function.Name),
            marks.Grammar(Separation),
            GrammarExpression.Literal(fenced ? $"{function.Name}\n{Fence}json\n" : ""),
            function.Json,
            GrammarExpression.Literal(fenced ? $"\n{Fence}" : ""),
            marks.Grammar(CallEndMark)))]);
        return GrammarExpression.Sequence(OneOrMore(call, several), marks.Grammar(CallsEnd));
    }
}
