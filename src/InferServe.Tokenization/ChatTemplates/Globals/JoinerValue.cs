using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Globals;

/// <summary>What <c>joiner(separator)</c> gives: called, it is nothing the first time and the separator from then on.</summary>
internal sealed class JoinerValue(JinjaValue separator) : CallableValue("joiner")
{
    private bool _used;

    public override string TypeName => "Joiner";

    public override JinjaValue Call(RenderState state, CallArguments arguments)
    {
        arguments.Bind(state, Name);
        JinjaValue result = _used ? separator : StringValue.Empty;
        _used = true;
        return result;
    }
}
