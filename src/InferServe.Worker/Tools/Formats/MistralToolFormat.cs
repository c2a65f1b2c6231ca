using System.Security.Cryptography;
using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools.Formats;

/// <summary>
/// Mistral's calls. Up to version 7 of its tokenizer a list, <c>[TOOL_CALLS][{"name":…,"arguments":{…}}]</c>; from version 11 on one
/// <c>[TOOL_CALLS]name[ARGS]{…}</c> after the other. Both are read; which one is enforced depends on <paramref name="named"/>.
/// </summary>
/// <param name="named">Whether the name stands outside of the JSON.</param>
internal sealed class MistralToolFormat(bool named) : ToolFormat
{
    private const string ToolCalls = "[TOOL_CALLS]";
    private const string CallId = "[CALL_ID]";
    private const string Args = "[ARGS]";
    private const int IdLength = 9;
    private static readonly ToolCallFormat List = new() { Prefix = ToolCalls, Suffix = "", IsList = true };

    public override string Name => named ? "mistral-v11" : "mistral";

    public override IReadOnlyList<string> Openings { get; } = [ToolCalls];

    public override IReadOnlyList<string> Marks { get; } = [ToolCalls, CallId, Args];

    public override bool IsKnownTo(string template) =>
        template.Contains(ToolCalls, StringComparison.Ordinal) && template.Contains(Args, StringComparison.Ordinal) == named;

    public override CallEnd FindEnd(string opening, bool plain) => new EndOfCall(opening.Length);

    public override IReadOnlyList<AnswerPart.Call>? Parse(string text, IReadOnlyList<ToolFunction> functions)
    {
        var body = text[ToolCalls.Length..].Trim();
        if (body.StartsWith('[') || body.StartsWith('{'))
        {
            return JsonCalls.Parse(body, "name", "arguments");
        }

        var brace = body.IndexOf('{', StringComparison.Ordinal);
        var name = (brace < 0 ? body : body[..brace]).Split(Args)[0].Split(CallId)[0].Trim();
        return brace >= 0 && name.Length > 0 && JsonCalls.Arguments(body[brace..]) is { } arguments
            ? [new AnswerPart.Call(name, arguments)]
            : null;
    }

    public override GrammarExpression Calls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) => named
        ? OneOrMore(GrammarExpression.Sequence(marks.Grammar(ToolCalls), AfterMark(functions, marks)), several)
        : ToolCallGrammar.Create(List, Pairs(functions), several, marks.Grammar);

    public override TriggeredGrammar Triggered(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) => new()
    {
        Triggers = [marks.Trigger(ToolCalls, named ? AfterMark(functions, marks) : ToolCallGrammar.AfterPrefix(List, Pairs(functions)))],
    };

    /// <summary>The templates refuse other ids than nine letters and digits.</summary>
    public override string NewCallId() =>
        RandomNumberGenerator.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", IdLength);

    private static GrammarExpression AfterMark(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) => GrammarExpression.Choice(
        [.. functions.Select(function => GrammarExpression.Sequence(GrammarExpression.Literal(function.Name), marks.Grammar(Args), function.Json))]);

    private static (string, string)[] Pairs(IReadOnlyList<ToolGrammar> functions) => [.. functions.Select(function => (function.Name, function.Arguments))];

    /// <summary>The end of the list, or of the arguments that follow a name.</summary>
    private sealed class EndOfCall(int begin) : CallEnd
    {
        private BracketEnd? _brackets;

        public override int Find(ReadOnlySpan<char> text)
        {
            if (_brackets is null)
            {
                var rest = text[begin..].TrimStart();
                if (rest.IsEmpty)
                {
                    return Unknown;
                }

                // The marks between name and arguments have brackets of their own.
                _brackets = rest[0] is '[' or '{' ? new BracketEnd(begin, "[{") : new BracketEnd(begin, "{", "\"", static c => c is not ('"' or '\n'));
            }

            return _brackets.Find(text);
        }
    }
}
