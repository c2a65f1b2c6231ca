namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>What <c>namespace()</c> gives: the one value that a template can change, to carry results out of a loop.</summary>
internal sealed class NamespaceValue : JinjaValue
{
    public OrderedDictionary<string, JinjaValue> Attributes { get; } = new(StringComparer.Ordinal);

    public override string TypeName => "Namespace";
}
