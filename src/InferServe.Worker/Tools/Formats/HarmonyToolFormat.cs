using InferServe.Grammar;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools.Formats;

/// <summary>
/// gpt-oss's calls: messages to <c>functions.name</c> in the commentary channel. <see cref="Reasoning.HarmonyParser"/> finds them, since
/// channels part the whole answer.
/// </summary>
internal sealed class HarmonyToolFormat : ToolFormat
{
    public const string Channel = "<|channel|>";
    public const string Message = "<|message|>";
    public const string Start = "<|start|>";
    public const string End = "<|end|>";
    public const string CallMark = "<|call|>";
    public const string Return = "<|return|>";
    public const string Constrain = "<|constrain|>";
    public const string Functions = "functions.";

    public override string Name => "harmony";

    public override IReadOnlyList<string> Marks { get; } = [Channel, Message, Start, End, CallMark, Return, Constrain];

    public override bool IsKnownTo(string template) =>
        template.Contains(Channel, StringComparison.Ordinal) && template.Contains(Message, StringComparison.Ordinal);

    public override CallEnd FindEnd(string opening, bool plain) => throw new NotSupportedException("Channels are read as a whole.");

    /// <param name="text">The body of a message to a function.</param>
    /// <param name="functions">Not needed.</param>
    public override IReadOnlyList<AnswerPart.Call>? Parse(string text, IReadOnlyList<ToolFunction> functions) =>
        throw new NotSupportedException("Channels are read as a whole.");

    /// <summary>One call; the model ends its turn after each.</summary>
    public override GrammarExpression Calls(IReadOnlyList<ToolGrammar> functions, bool several, ModelMarks marks) => GrammarExpression.Sequence(
        marks.Grammar(Channel),
        GrammarExpression.Literal("commentary to=functions."),
        AfterRecipient(functions, marks));

    public override TriggeredGrammar Triggered(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) => new()
    {
        Triggers = [TriggeredGrammar.Trigger.OnText($"to={Functions}", AfterRecipient(functions, marks))],
    };

    private static GrammarExpression AfterRecipient(IReadOnlyList<ToolGrammar> functions, ModelMarks marks) =>
        GrammarExpression.Choice([.. functions.Select(function => GrammarExpression.Sequence(
            GrammarExpression.Literal(function.Name),
            GrammarExpression.Regex(" ?"),
            // The recipient stands before the channel or behind it.
            GrammarExpression.Repeat(GrammarExpression.Sequence(marks.Grammar(Channel), GrammarExpression.Literal("commentary"), GrammarExpression.Regex(" ?")), 0, 1),
            GrammarExpression.Repeat(GrammarExpression.Choice(
                GrammarExpression.Sequence(marks.Grammar(Constrain), GrammarExpression.Literal("json")), GrammarExpression.Literal("json")), 0, 1),
            marks.Grammar(Message),
            function.Json))]);
}
