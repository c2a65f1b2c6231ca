using System.Numerics;

namespace InferServe.Tokenization.ChatTemplates.Values;

internal sealed class IntegerValue(BigInteger value) : JinjaValue
{
    public BigInteger Value { get; } = value;

    public override string TypeName => "int";
}
