using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>Checks values before they are looked up in or put into a dict, and accounts for hashing them.</summary>
internal static class DictKeys
{
    public static bool CanBe(RenderState state, JinjaValue value)
    {
        state.Scan(value is StringValue text ? text.Text.Length : 0);
        return KeyComparer.IsHashable(value);
    }

    /// <exception cref="TemplateException">The value cannot be a key.</exception>
    public static JinjaValue Require(RenderState state, JinjaValue value) =>
        CanBe(state, value) ? value : throw state.Fail($"unhashable type: '{value.TypeName}'");
}
