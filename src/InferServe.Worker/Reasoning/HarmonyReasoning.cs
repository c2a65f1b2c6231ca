using InferServe.Grammar;
using InferServe.Worker.Answers;
using InferServe.Worker.Tools;
using InferServe.Worker.Tools.Formats;

namespace InferServe.Worker.Reasoning;

/// <summary>
/// gpt-oss's channels: <c>analysis</c> is reasoning, <c>final</c> the answer, <c>commentary</c> a call or a word to the user.
/// </summary>
internal sealed class HarmonyReasoning : ReasoningFormat
{
    private static readonly HarmonyToolFormat Marked = new();

    public override string Name => "harmony";

    public override IReadOnlyList<string> Marks => Marked.Marks;

    public override bool IsKnownTo(string template) => Marked.IsKnownTo(template);

    public override IAnswerParser CreateParser(
        bool opened, IAnswerParser inner, ToolFormat? toolFormat, IReadOnlyList<ToolFunction> functions) =>
        new HarmonyParser(inner, toolFormat is HarmonyToolFormat ? functions : null);

    public override GrammarExpression Around(GrammarExpression form, bool isCalls, bool opened, ModelMarks marks)
    {
        var text = marks.TokenOf(HarmonyToolFormat.End) is null
            ? TypedArguments.TextWithout(HarmonyToolFormat.End)
            : GrammarExpression.Regex(@"[\s\S]*");
        var analysis = GrammarExpression.Sequence(
            marks.Grammar(HarmonyToolFormat.Channel),
            GrammarExpression.Literal("analysis"),
            marks.Grammar(HarmonyToolFormat.Message),
            text,
            marks.Grammar(HarmonyToolFormat.End),
            marks.Grammar(HarmonyToolFormat.Start),
            GrammarExpression.Literal("assistant"));
        var answer = isCalls
            ? form
            : GrammarExpression.Sequence(
                marks.Grammar(HarmonyToolFormat.Channel), GrammarExpression.Literal("final"), marks.Grammar(HarmonyToolFormat.Message), form);
        return GrammarExpression.Sequence(GrammarExpression.Repeat(analysis, 0, 1), answer);
    }
}
