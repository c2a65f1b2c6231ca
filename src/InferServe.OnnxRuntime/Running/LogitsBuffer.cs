using InferServe.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Running;

/// <summary>Room for the logits of several positions, in the element type in which the graph writes them; read as float32.</summary>
internal sealed class LogitsBuffer : IDisposable
{
    private readonly TensorElementType _type;
    private readonly int _vocabularySize;
    private readonly HostMemory _written;

    // Null where the graph writes float32 itself.
    private readonly HostBuffer<float>? _converted;

    public LogitsBuffer(int entries, int vocabularySize, TensorElementType type)
    {
        Entries = entries;
        _type = type;
        _vocabularySize = vocabularySize;
        int length = checked(entries * vocabularySize);
        _written = HostMemory.Reserve((long)length * FloatTypes.SizeOf(type));
        _converted = type == TensorElementType.Float ? null : new HostBuffer<float>(length);
    }

    /// <summary>Number of positions that there is room for.</summary>
    public int Entries { get; }

    private long EntryBytes => (long)_vocabularySize * FloatTypes.SizeOf(_type);

    /// <summary>A tensor [rows, positions, vocabulary] over the entries from <paramref name="entry"/> on; it must not outlive the buffer.</summary>
    public OrtValue Tensor(int entry, int rows, int positions)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entry + ((long)rows * positions), Entries, nameof(entry));
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            _type,
            [rows, positions, _vocabularySize],
            _written.Pointer + (nint)(entry * EntryBytes),
            rows * positions * EntryBytes);
    }

    /// <summary>Copies entries of another buffer of the same kind.</summary>
    public void CopyFrom(LogitsBuffer other, int first, int count, int entry) => other.Written(first, count).CopyTo(Written(entry, count));

    /// <summary>The first entries as float32, [entries, vocabulary]; valid until the next call.</summary>
    public unsafe Span<float> Read(int entries)
    {
        int length = entries * _vocabularySize;
        if (_converted is null)
        {
            return new Span<float>((void*)_written.Pointer, length);
        }

        var values = _converted.Span[..length];
        FloatTypes.ToSingle(Written(0, entries), _type, values);
        return values;
    }

    public void Dispose()
    {
        _written.Dispose();
        _converted?.Dispose();
    }

    private unsafe Span<byte> Written(int entry, int count) =>
        new((byte*)_written.Pointer + (entry * EntryBytes), checked((int)(count * EntryBytes)));
}
