using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Memory;

/// <summary>
/// The keys and values of every row, in host memory; the only type that knows where they are. A view over adjacent rows is
/// bound as the graph's past and its present, so that attention appends in place.
/// </summary>
internal sealed class KvBuffers : IDisposable
{
    private readonly KvShape _shape;

    // Key and value of layer 0, key and value of layer 1, …
    private readonly HostMemory[] _buffers;

    public KvBuffers(KvShape shape)
    {
        _shape = shape;
        _buffers = new HostMemory[shape.Layers * 2];
        try
        {
            for (int i = 0; i < _buffers.Length; i++)
            {
                _buffers[i] = HostMemory.Reserve(shape.BufferBytes);
            }
        }
        catch (InsufficientMemoryException)
        {
            Dispose();
            throw;
        }
    }

    public OrtValue KeyView(int layer, int firstRow, int count) => View(_buffers[layer * 2], firstRow, count);

    public OrtValue ValueView(int layer, int firstRow, int count) => View(_buffers[(layer * 2) + 1], firstRow, count);

    /// <summary>Copies the first <paramref name="length"/> positions of every head of every layer.</summary>
    public unsafe void CopyRow(int source, int destination, int length)
    {
        long bytes = length * _shape.PositionBytes;
        if (source == destination || bytes == 0)
        {
            return;
        }

        foreach (var buffer in _buffers)
        {
            byte* values = (byte*)buffer.Pointer;
            byte* from = values + (source * _shape.RowBytes);
            byte* to = values + (destination * _shape.RowBytes);
            for (int head = 0; head < _shape.Heads; head++)
            {
                Buffer.MemoryCopy(from, to, bytes, bytes);
                from += _shape.HeadBytes;
                to += _shape.HeadBytes;
            }
        }
    }

    /// <summary>Copies positions of a row to <paramref name="packed"/>, in the layout of <see cref="KvPack"/>.</summary>
    public void Pack(int row, int position, int count, nint packed) => CopyPacked(row, position, count, packed, pack: true);

    /// <summary>Copies <paramref name="packed"/> to positions of a row.</summary>
    public void Unpack(nint packed, int row, int position, int count) => CopyPacked(row, position, count, packed, pack: false);

    /// <summary>Gives the memory of a row back; what it holds is undefined afterwards.</summary>
    public void ReleaseRow(int row)
    {
        foreach (var buffer in _buffers)
        {
            buffer.Discard(row * _shape.RowBytes, _shape.RowBytes);
        }
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers)
        {
            buffer?.Dispose();
        }
    }

    private unsafe void CopyPacked(int row, int position, int count, nint packed, bool pack)
    {
        long bytes = count * _shape.PositionBytes;
        byte* other = (byte*)packed;
        foreach (var buffer in _buffers)
        {
            byte* values = (byte*)buffer.Pointer + (row * _shape.RowBytes) + (position * _shape.PositionBytes);
            for (int head = 0; head < _shape.Heads; head++)
            {
                Buffer.MemoryCopy(pack ? values : other, pack ? other : values, bytes, bytes);
                values += _shape.HeadBytes;
                other += bytes;
            }
        }
    }

    private OrtValue View(HostMemory buffer, int firstRow, int count)
    {
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            _shape.ElementType,
            [count, _shape.Heads, _shape.Capacity, _shape.HeadSize],
            buffer.Pointer + (nint)(firstRow * _shape.RowBytes),
            count * _shape.RowBytes);
    }
}
