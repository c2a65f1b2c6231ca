using InferServe.Grammar;
using InferServe.Worker.Answers;
using InferServe.Worker.Tools;

namespace InferServe.Worker.Reasoning;

/// <summary>Reasoning between two tags before the answer: <c>&lt;think&gt;…&lt;/think&gt;</c> and the like.</summary>
internal sealed class TaggedReasoning : ReasoningFormat
{
    public TaggedReasoning(string name, string open, string close, params string[] signs)
    {
        Name = name;
        Open = open;
        Close = close;
        Signs = signs.Length > 0 ? signs : [close];
    }

    public override string Name { get; }

    /// <summary>The tag before the reasoning.</summary>
    public string Open { get; }

    /// <summary>The tag behind it.</summary>
    public string Close { get; }

    /// <summary>The tag that some families put before the answer; null for none.</summary>
    public string? AnswerOpen { get; init; }

    /// <summary>The tag behind the answer.</summary>
    public string? AnswerClose { get; init; }

    /// <summary>The part of <see cref="Open"/> that may be a control token, when it is not all of it.</summary>
    public string? OpenMark { get; init; }

    public override IReadOnlyList<string> Marks => [Open, Close, .. new[] { OpenMark, AnswerOpen, AnswerClose }.OfType<string>()];

    /// <summary>Texts, all of which a chat template holds whose model reasons in this form.</summary>
    private IReadOnlyList<string> Signs { get; }

    public override bool IsKnownTo(string template) => Signs.All(sign => template.Contains(sign, StringComparison.Ordinal));

    public override bool IsOpenedBy(string prompt) => prompt.AsSpan().TrimEnd().EndsWith(Open, StringComparison.Ordinal);

    public override IAnswerParser CreateParser(
        bool opened, IAnswerParser inner, ToolFormat? toolFormat, IReadOnlyList<ToolFunction> functions) =>
        new TaggedReasoningParser(
            new ReasoningFilter(Open, Close, opened), AnswerOpen is null ? inner : new AnswerTagFilter(AnswerOpen, AnswerClose!, inner));

    public override GrammarExpression Around(GrammarExpression form, bool isCalls, bool opened, ModelMarks marks)
    {
        var text = marks.TokenOf(Close) is null ? TypedArguments.TextWithout(Close) : GrammarExpression.Regex(@"[\s\S]*");
        var close = GrammarExpression.Sequence(text, marks.Grammar(Close), GrammarExpression.Regex(@"[ \t\r\n]{0,8}"));
        return opened
            ? GrammarExpression.Sequence(close, form)
            : GrammarExpression.Sequence(GrammarExpression.Repeat(GrammarExpression.Sequence(marks.Grammar(Open), close), 0, 1), form);
    }
}
