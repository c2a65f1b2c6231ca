using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools.Formats;

/// <summary>
/// Llama 3's calls: the whole answer is <c>{"name":…,"parameters":{…}}</c>, several of them with semicolons between, maybe behind
/// <c>&lt;|python_tag|&gt;</c>. Behind that mark stand calls of built-in tools too, as <c>name.call(argument="value")</c>.
/// </summary>
internal sealed class LlamaToolFormat : ToolFormat
{
    private const string PythonTag = "<|python_tag|>";
    private static readonly string[] FirstKeys = ["name", "type", "function"];
    private static readonly ToolCallFormat Form = new() { Prefix = "", Suffix = "", ArgumentsKey = "parameters", Separator = ";" };

    public override string Name => "llama3";

    public override IReadOnlyList<string> Openings { get; } = [PythonTag];

    public override IReadOnlyList<string> StartOpenings { get; } = ["{"];

    public override string Separator => ";";

    public override bool IsKnownTo(string template) =>
        template.Contains("<|start_header_id|>", StringComparison.Ordinal)
        && (template.Contains(PythonTag, StringComparison.Ordinal) || template.Contains("\"parameters\": ", StringComparison.Ordinal));

    public override CallEnd FindEnd(string opening, bool plain) => opening == PythonTag
        ? new BracketEnd(opening.Length, "{[(", "\"", static c => char.IsWhiteSpace(c) || char.IsAsciiLetterOrDigit(c) || c is '_' or '.')
        : new CheckedEnd(static text => CheckedEnd.FirstKey(text, FirstKeys), new BracketEnd(0, "{"));

    public override IReadOnlyList<AnswerPart.Call>? Parse(string text, IReadOnlyList<ToolFunction> functions)
    {
        var body = text.StartsWith(PythonTag, StringComparison.Ordinal) ? text[PythonTag.Length..].Trim() : text;
        return body.StartsWith('{') || body.StartsWith('[')
            ? JsonCalls.Parse(body, "name", "parameters", "arguments")
            : PythonCalls.Parse($"[{body.Replace(".call(", "(", StringComparison.Ordinal)}]");
    }

    public override GrammarExpression Calls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) =>
        ToolCallGrammar.Create(Form, [.. functions.Select(function => (function.Name, function.Arguments))], several);

    public override GrammarExpression FreeOrCalls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks)
    {
        var calls = Calls(functions, several, marks);
        return GrammarExpression.Choice(
            calls, GrammarExpression.Sequence(marks.Grammar(PythonTag), calls), GrammarExpression.Regex(@"\s*(?:[^\s{][\s\S]*)?"));
    }
}
