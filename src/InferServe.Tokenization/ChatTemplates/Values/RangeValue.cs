using System.Numerics;

namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>What <c>range()</c> gives: <paramref name="count"/> numbers that are not stored.</summary>
internal sealed class RangeValue(BigInteger start, BigInteger stop, BigInteger step, int count) : JinjaValue
{
    public BigInteger Start { get; } = start;

    public BigInteger Stop { get; } = stop;

    public BigInteger Step { get; } = step;

    public int Count { get; } = count;

    public override string TypeName => "range";

    public IntegerValue At(int index) => new(Start + (Step * index));
}
