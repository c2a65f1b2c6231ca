using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools.Formats;

/// <summary>Calls as JSON behind a mark: <c>&lt;tool_call&gt;{"name":…,"arguments":{…}}&lt;/tool_call&gt;</c>, <c>functools[{…},{…}]</c> and the like.</summary>
/// <param name="name">The name in <c>models.json</c>.</param>
/// <param name="form">The marks and keys; with an empty suffix, the end is where the JSON ends.</param>
/// <param name="signs">Texts, all of which a chat template holds whose model writes this form.</param>
internal sealed class JsonToolFormat(string name, ToolCallFormat form, params string[] signs) : ToolFormat
{
    public override string Name => name;

    public override IReadOnlyList<string> Openings { get; } = [form.Prefix];

    public override IReadOnlyList<string> Marks { get; } = form.Suffix.Length > 0 ? [form.Prefix, form.Suffix] : [form.Prefix];

    public override bool IsKnownTo(string template) => signs.All(sign => template.Contains(sign, StringComparison.Ordinal));

    public override CallEnd FindEnd(string opening, bool plain) =>
        form.Suffix.Length == 0 ? new BracketEnd(opening.Length, form.IsList ? "[" : "{[")
        : plain ? new ClosingTextEnd(opening.Length, form.Suffix)
        : new TaggedJsonEnd(opening.Length, form.Suffix);

    public override IReadOnlyList<AnswerPart.Call>? Parse(string text, IReadOnlyList<ToolFunction> functions)
    {
        var end = form.Suffix.Length > 0 && text.EndsWith(form.Suffix, StringComparison.Ordinal) ? text.Length - form.Suffix.Length : text.Length;
        return end < form.Prefix.Length ? null : JsonCalls.Parse(text[form.Prefix.Length..end], form.NameKey, form.ArgumentsKey, "arguments", "parameters");
    }

    public override GrammarExpression Calls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) =>
        ToolCallGrammar.Create(form, Pairs(functions), several, marks.Grammar);

    public override TriggeredGrammar Triggered(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) => new()
    {
        Triggers = [marks.Trigger(form.Prefix, ToolCallGrammar.AfterPrefix(form, Pairs(functions), several: true, marks.Grammar))],
    };

    private static (string, string)[] Pairs(IReadOnlyList<ToolGrammar> functions) => [.. functions.Select(function => (function.Name, function.Arguments))];
}
