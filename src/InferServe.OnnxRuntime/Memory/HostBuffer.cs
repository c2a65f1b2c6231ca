using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Memory;

/// <summary>An array in host memory that the graph reads or writes directly.</summary>
/// <typeparam name="T">long or float.</typeparam>
internal sealed class HostBuffer<T> : IDisposable
    where T : unmanaged
{
    private static readonly TensorElementType ElementType =
        typeof(T) == typeof(long) ? TensorElementType.Int64
        : typeof(T) == typeof(float) ? TensorElementType.Float
        : throw new NotSupportedException($"No tensors of {typeof(T)}.");

    private readonly HostMemory _memory;

    public HostBuffer(int length)
    {
        Length = length;
        _memory = HostMemory.Reserve((long)length * Unsafe.SizeOf<T>());
    }

    public int Length { get; }

    public unsafe Span<T> Span => new((void*)_memory.Pointer, Length);

    /// <summary>A tensor over the elements from <paramref name="offset"/> on; it must not outlive the buffer.</summary>
    public OrtValue Tensor(int offset, params long[] shape)
    {
        long count = 1;
        foreach (long length in shape)
        {
            count = checked(count * length);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, Length, nameof(shape));
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            ElementType,
            shape,
            _memory.Pointer + (nint)offset * Unsafe.SizeOf<T>(),
            count * Unsafe.SizeOf<T>());
    }

    public void Dispose() => _memory.Dispose();
}
