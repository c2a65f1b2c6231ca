using InferServe.Tokenization.ChatTemplates.Evaluation;

namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>A macro, a global function or a method of a value.</summary>
internal abstract class CallableValue(string name) : JinjaValue
{
    public string Name { get; } = name;

    public abstract JinjaValue Call(RenderState state, CallArguments arguments);
}
