using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Memory;

/// <summary>The element types that keys, values and logits may have.</summary>
internal static class FloatTypes
{
    private const int BitsBelowBFloat16 = 16;

    /// <summary>Whether keys, values and logits may have this type.</summary>
    public static bool Includes(TensorElementType type) =>
        type is TensorElementType.Float or TensorElementType.Float16 or TensorElementType.BFloat16;

    /// <summary>Bytes of one element.</summary>
    /// <exception cref="NotSupportedException">The type is none of these.</exception>
    public static int SizeOf(TensorElementType type) => type switch
    {
        TensorElementType.Float => sizeof(float),
        TensorElementType.Float16 or TensorElementType.BFloat16 => sizeof(ushort),
        _ => throw new NotSupportedException($"No keys, values or logits of type {type}."),
    };

    /// <summary>Converts elements to float32, which holds every value of the other types exactly.</summary>
    /// <param name="elements">As many elements as <paramref name="values"/> has.</param>
    /// <param name="type">Their type.</param>
    /// <param name="values">Where they go.</param>
    public static void ToSingle(ReadOnlySpan<byte> elements, TensorElementType type, Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(elements.Length, values.Length * SizeOf(type), nameof(elements));
        switch (type)
        {
            case TensorElementType.Float:
                elements.CopyTo(MemoryMarshal.AsBytes(values));
                break;
            case TensorElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(elements), values);
                break;
            default:
                WidenBFloat16(MemoryMarshal.Cast<byte, ushort>(elements), MemoryMarshal.Cast<float, uint>(values));
                break;
        }
    }

    /// <summary>A bfloat16 is the upper half of a float32.</summary>
    private static void WidenBFloat16(ReadOnlySpan<ushort> elements, Span<uint> values)
    {
        int i = 0;
        for (; i <= elements.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(elements[i..]), out var low, out var high);
            (low << BitsBelowBFloat16).CopyTo(values[i..]);
            (high << BitsBelowBFloat16).CopyTo(values[(i + Vector<uint>.Count)..]);
        }

        for (; i < elements.Length; i++)
        {
            values[i] = (uint)elements[i] << BitsBelowBFloat16;
        }
    }
}
