using InferServe.Grammar;
using InferServe.Worker.Answers;
using InferServe.Worker.Tools;

namespace InferServe.Worker.Reasoning;

/// <summary>A model that does not reason, or whose reasoning is part of its answer.</summary>
internal sealed class NoReasoning : ReasoningFormat
{
    public override string Name => "none";

    public override bool IsKnownTo(string template) => false;

    public override IAnswerParser CreateParser(
        bool opened, IAnswerParser inner, ToolFormat? toolFormat, IReadOnlyList<ToolFunction> functions) => inner;

    public override GrammarExpression Around(GrammarExpression form, bool isCalls, bool opened, ModelMarks marks) => form;
}
