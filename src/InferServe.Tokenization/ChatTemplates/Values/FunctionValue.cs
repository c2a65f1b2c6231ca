using InferServe.Tokenization.ChatTemplates.Evaluation;

namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>A function that is written in C#.</summary>
internal sealed class FunctionValue(string name, Func<RenderState, CallArguments, JinjaValue> body) : CallableValue(name)
{
    public override string TypeName => "builtin_function_or_method";

    public override JinjaValue Call(RenderState state, CallArguments arguments) => body(state, arguments);
}
