using System.Runtime.InteropServices;
using InferServe.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.UnitTests.OnnxRuntime.Memory;

public sealed class FloatTypesTests
{
    [Fact]
    public void ToSingle_EveryBFloat16_IsTheUpperHalfOfTheFloat()
    {
        // All values in one call, so that both the vectors and the rest behind them are covered; then a rest alone.
        ushort[] bits = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i), 0x3F80, 0xC000, 0x4049];

        AssertUpperHalves(bits);
        AssertUpperHalves(bits[^3..]);
    }

    [Fact]
    public void ToSingle_EveryFloat16_IsItsValue()
    {
        Half[] halves = [.. Enumerable.Range(0, 65536).Select(i => BitConverter.UInt16BitsToHalf((ushort)i))];
        float[] values = new float[halves.Length];

        FloatTypes.ToSingle(MemoryMarshal.AsBytes<Half>(halves), TensorElementType.Float16, values);

        for (int i = 0; i < halves.Length; i++)
        {
            Assert.Equal((float)halves[i], values[i]);
        }
    }

    [Fact]
    public void ToSingle_Float32_IsCopied()
    {
        float[] expected = [1.5f, float.NegativeInfinity, -0f];
        float[] values = new float[3];

        FloatTypes.ToSingle(MemoryMarshal.AsBytes<float>(expected), TensorElementType.Float, values);

        Assert.Equal(expected, values);
    }

    [Fact]
    public void ToSingle_OtherLength_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FloatTypes.ToSingle(new byte[6], TensorElementType.Float16, new float[2]));

    [Theory]
    [InlineData(TensorElementType.Float, 4)]
    [InlineData(TensorElementType.Float16, 2)]
    [InlineData(TensorElementType.BFloat16, 2)]
    public void KvShape_Bytes_FollowTheElementType(TensorElementType type, int size)
    {
        var shape = new KvShape(Layers: 3, Rows: 5, Heads: 2, Capacity: 7, HeadSize: 16, type);

        Assert.Equal(16 * size, shape.PositionBytes);
        Assert.Equal(7 * 16 * size, shape.HeadBytes);
        Assert.Equal(2 * 7 * 16 * size, shape.RowBytes);
        Assert.Equal(5 * 2 * 7 * 16 * size, shape.BufferBytes);
        Assert.Equal(3 * 2 * 2 * 16 * size, shape.TokenBytes);
    }

    private static void AssertUpperHalves(ushort[] bits)
    {
        float[] values = new float[bits.Length];

        FloatTypes.ToSingle(MemoryMarshal.AsBytes<ushort>(bits), TensorElementType.BFloat16, values);

        for (int i = 0; i < bits.Length; i++)
        {
            Assert.Equal((uint)bits[i] << 16, BitConverter.SingleToUInt32Bits(values[i]));
        }
    }
}
