using InferServe.Grammar;
using InferServe.Worker.Answers;
using InferServe.Worker.Tools;

namespace InferServe.Worker.Reasoning;

/// <summary>How a model family parts its reasoning from its answer. Immutable.</summary>
internal abstract class ReasoningFormat
{
    /// <summary>The name in <c>models.json</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Texts of the form that may be control tokens of the model.</summary>
    public virtual IReadOnlyList<string> Marks => [];

    /// <summary>Whether a chat template shows that its model reasons in this form.</summary>
    public abstract bool IsKnownTo(string template);

    /// <summary>Whether a prompt has begun the reasoning, so that the answer begins inside.</summary>
    public virtual bool IsOpenedBy(string prompt) => false;

    /// <summary>Parts reasoning from the rest, which goes to the inner parser.</summary>
    /// <param name="opened">Whether the prompt has begun the reasoning.</param>
    /// <param name="inner">Finds the parts of what is no reasoning.</param>
    /// <param name="toolFormat">The form of calls; null when the request offers no tools.</param>
    /// <param name="functions">The functions that the request offers.</param>
    public abstract IAnswerParser CreateParser(
        bool opened, IAnswerParser inner, ToolFormat? toolFormat, IReadOnlyList<ToolFunction> functions);

    /// <summary>An answer of a demanded form, with reasoning before it as far as the model may reason.</summary>
    /// <param name="form">The form of what is no reasoning.</param>
    /// <param name="isCalls">Whether the form is that of calls, marks included.</param>
    /// <param name="opened">Whether the prompt has begun the reasoning.</param>
    /// <param name="marks">The model's control tokens.</param>
    public abstract GrammarExpression Around(GrammarExpression form, bool isCalls, bool opened, ModelMarks marks);
}
