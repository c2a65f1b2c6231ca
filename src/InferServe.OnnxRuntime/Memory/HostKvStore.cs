using InferServe.Engine.Model;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Memory;

/// <summary>Keys and values in host memory, which is taken as it is written.</summary>
internal sealed class HostKvStore : IKvStore
{
    private readonly KvShape _shape;

    // Key and value of layer 0, key and value of layer 1, …
    private readonly HostMemory[] _buffers;
    private KvBlocks? _blocks;

    public HostKvStore(KvShape shape)
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

    public OrtMemoryInfo MemoryInfo => OrtMemoryInfo.DefaultInstance;

    public OrtValue View(int buffer, KvWindow window) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance,
        _shape.ElementType,
        [window.Count, _shape.Heads, _shape.Capacity, _shape.HeadSize],
        _buffers[buffer].Pointer + (nint)(window.FirstRow * _shape.RowBytes),
        window.Count * _shape.RowBytes);

    public KvWindow DecodeWindow(int firstRow, int count) => new(firstRow, count);

    public int SparePosition(int row) => throw new InvalidOperationException("Runs over host memory cover no other rows.");

    public void Decoded(int firstRow, ReadOnlySpan<int> positions)
    {
    }

    public KvWindow OpenRow(int row, int position) => new(row, 1);

    public void CloseRow(int row, int position, int count)
    {
    }

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

    /// <summary>Gives the memory of a row back; what it holds is undefined afterwards.</summary>
    public void ReleaseRow(int row)
    {
        foreach (var buffer in _buffers)
        {
            buffer.Discard(row * _shape.RowBytes, _shape.RowBytes);
        }
    }

    public void ReserveBlocks(int count, int length)
    {
        _blocks?.Dispose();
        _blocks = new KvBlocks(_shape, count, length);
    }

    public void StoreBlock(int row, int position, int block) => CopyPacked(row, position, _blocks!.Length, _blocks[block], pack: true);

    public void LoadBlock(int block, int row, int position) => CopyPacked(row, position, _blocks!.Length, _blocks[block], pack: false);

    public KvSnapshot SaveRow(int row, int length)
    {
        var pack = new KvPack(HostMemory.Reserve(_shape.TokenBytes * length), length);
        CopyPacked(row, 0, length, pack.Pointer, pack: true);
        return pack;
    }

    public void RestoreRow(KvSnapshot snapshot, int row) => CopyPacked(row, 0, snapshot.Length, ((KvPack)snapshot).Pointer, pack: false);

    public void Dispose()
    {
        foreach (var buffer in _buffers)
        {
            buffer?.Dispose();
        }

        _blocks?.Dispose();
    }

    /// <summary>Copies positions of a row from or to the layout of <see cref="KvPack"/>.</summary>
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
}
