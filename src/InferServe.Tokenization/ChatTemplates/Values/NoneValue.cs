namespace InferServe.Tokenization.ChatTemplates.Values;

internal sealed class NoneValue : JinjaValue
{
    private NoneValue()
    {
    }

    public static NoneValue Instance { get; } = new();

    public override string TypeName => "NoneType";
}
