namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>
/// A name, attribute or element that does not exist. It prints as nothing, is false and has no elements; every other use of it fails
/// with <paramref name="reason"/>.
/// </summary>
internal sealed class UndefinedValue(string reason) : JinjaValue
{
    public string Reason { get; } = reason;

    public override string TypeName => "Undefined";

    public static UndefinedValue Name(string name) => new($"'{name}' is undefined");

    public static UndefinedValue Attribute(JinjaValue target, string name) => new($"'{Describe(target)}' has no attribute '{name}'");

    public static UndefinedValue Element(JinjaValue target, string index) => new($"{Describe(target)} has no element {index}");

    private static string Describe(JinjaValue target) => target is NoneValue ? "None" : $"{target.TypeName} object";
}
