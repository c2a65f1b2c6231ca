using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Memory.Device;

/// <summary>Key and value tensors of all layers in a device's memory, [outer, heads, positions, head size] each.</summary>
internal sealed class DeviceTensors : IDisposable
{
    private readonly OrtMemoryInfo _memory;
    private readonly KvShape _shape;
    private readonly long _outerBytes;
    private readonly int _positions;
    private readonly OrtValue[] _tensors;

    /// <param name="allocator">The device's allocator.</param>
    /// <param name="memory">The memory that it allocates from.</param>
    /// <param name="shape">Layers, heads, head size and element type.</param>
    /// <param name="outer">Length of the first dimension: rows or blocks.</param>
    /// <param name="positions">Length of the third dimension.</param>
    /// <exception cref="InsufficientMemoryException">The device has no room.</exception>
    public DeviceTensors(OrtAllocator allocator, OrtMemoryInfo memory, KvShape shape, int outer, int positions)
    {
        _memory = memory;
        _shape = shape;
        _positions = positions;
        _outerBytes = shape.Heads * positions * shape.PositionBytes;
        _tensors = new OrtValue[shape.Layers * 2];
        long bytes = _outerBytes * outer;
        if (bytes > int.MaxValue)
        {
            throw new InsufficientMemoryException(
                $"a buffer of {outer} × {positions} positions takes {bytes} bytes of device memory; it may have {int.MaxValue}");
        }

        try
        {
            for (int i = 0; i < _tensors.Length; i++)
            {
                _tensors[i] = OrtValue.CreateAllocatedTensorValue(allocator, shape.ElementType, [outer, shape.Heads, positions, shape.HeadSize]);
            }
        }
        catch (OnnxRuntimeException exception)
        {
            Dispose();
            throw new InsufficientMemoryException(
                $"the device has no {bytes * _tensors.Length} bytes for keys and values of {outer} × {positions} positions: {exception.Message}", exception);
        }
    }

    /// <summary>Number of tensors.</summary>
    public int Count => _tensors.Length;

    public OrtValue this[int buffer] => _tensors[buffer];

    /// <summary>The same memory over fewer of the first dimension. Only memory with addresses can be viewed from another place than its start.</summary>
    public unsafe OrtValue View(int buffer, int first, int count)
    {
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_tensors[buffer].GetTensorMutableRawData()));
        return OrtValue.CreateTensorValueWithData(
            _memory,
            _shape.ElementType,
            [count, _shape.Heads, _positions, _shape.HeadSize],
            start + (nint)(first * _outerBytes),
            count * _outerBytes);
    }

    public void Dispose()
    {
        foreach (var tensor in _tensors)
        {
            tensor?.Dispose();
        }
    }
}
