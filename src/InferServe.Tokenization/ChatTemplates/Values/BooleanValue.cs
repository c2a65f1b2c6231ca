namespace InferServe.Tokenization.ChatTemplates.Values;

internal sealed class BooleanValue : JinjaValue
{
    private BooleanValue(bool value) => Value = value;

    public static BooleanValue True { get; } = new(true);

    public static BooleanValue False { get; } = new(false);

    public bool Value { get; }

    public override string TypeName => "bool";

    public static BooleanValue Of(bool value) => value ? True : False;
}
