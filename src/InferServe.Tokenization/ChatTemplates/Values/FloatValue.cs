namespace InferServe.Tokenization.ChatTemplates.Values;

internal sealed class FloatValue(double value) : JinjaValue
{
    public double Value { get; } = value;

    public override string TypeName => "float";
}
