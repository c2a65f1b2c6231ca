using InferServe.Engine.Model;
using InferServe.OnnxRuntime.Running;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Memory.Device;

/// <summary>
/// Keys and values in the memory of a device, all of which is taken at once. Where the memory has addresses (CUDA), a run sees just its rows. Where a tensor
/// is a handle (WebGPU), it can only be viewed from its start:
/// <code>
///   rows    0 1 2 3 4 5       decoding rows 2 … 4 covers 0 … 4; the rows before take a token at a spare position
///   stage   one row           a chunk of row 5 runs here; what it wrote is copied to row 5
/// </code>
/// </summary>
internal sealed class DeviceKvStore : IKvStore
{
    // Bounds the memory on the device that a copy passes through.
    private const int CopiedAtOnce = 512;

    private readonly KvShape _shape;
    private readonly OrtAllocator _allocator;
    private readonly KvCopier _copier;
    private readonly DeviceTensors _rows;

    // Null where memory has addresses.
    private readonly DeviceTensors? _stage;

    // How many positions of each row may be of use to somebody.
    private readonly int[] _lengths;

    // Whose first positions the stage holds, and how many.
    private int _stagedRow = -1;
    private int _stagedLength;
    private BlockCopies? _blocks;

    /// <param name="session">The session whose provider's memory is used.</param>
    /// <param name="memory">That memory.</param>
    /// <param name="shape">Rows and their shape.</param>
    /// <param name="hasAddresses">Whether a pointer into a tensor's memory is a tensor's memory as well.</param>
    /// <exception cref="InsufficientMemoryException">The device has no room.</exception>
    /// <exception cref="OnnxRuntimeException">The provider cannot copy.</exception>
    public DeviceKvStore(GraphSession session, OrtMemoryInfo memory, KvShape shape, bool hasAddresses)
    {
        _shape = shape;
        MemoryInfo = memory;
        _lengths = new int[shape.Rows];
        _copier = new KvCopier(session.Factory, memory, shape);
        _allocator = session.NewAllocator(memory);
        try
        {
            _rows = new DeviceTensors(_allocator, memory, shape, shape.Rows, shape.Capacity);
            _stage = hasAddresses ? null : new DeviceTensors(_allocator, memory, shape, outer: 1, shape.Capacity);
        }
        catch
        {
            _rows?.Dispose();
            _allocator.Dispose();
            _copier.Dispose();
            throw;
        }
    }

    public OrtMemoryInfo MemoryInfo { get; }

    public OrtValue View(int buffer, KvWindow window) => window.FirstRow == KvWindow.Stage
        ? _stage!.View(buffer, 0, 1)
        : _rows.View(buffer, window.FirstRow, window.Count);

    public KvWindow DecodeWindow(int firstRow, int count)
    {
        Flush();
        return _stage is null ? new KvWindow(firstRow, count) : new KvWindow(0, firstRow + count);
    }

    /// <summary>Behind all that the row holds. A row is never full: the last token of a sequence is chosen, not run.</summary>
    public int SparePosition(int row) => Math.Min(_lengths[row], _shape.Capacity - 1);

    public void Decoded(int firstRow, ReadOnlySpan<int> positions)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            Wrote(firstRow + i, positions[i], 1);
        }
    }

    public KvWindow OpenRow(int row, int position)
    {
        Flush();
        if (_stage is null)
        {
            return new KvWindow(row, 1);
        }

        if (_stagedRow != row)
        {
            (_stagedRow, _stagedLength) = (row, 0);
        }

        Copy(_rows, row, _stage, 0, _stagedLength, position);
        _stagedLength = position;
        return new KvWindow(KvWindow.Stage, 1);
    }

    public void CloseRow(int row, int position, int count)
    {
        if (_stage is not null)
        {
            Copy(_stage, 0, _rows, row, position, position + count);
        }

        Wrote(row, position, count);
        if (_stage is not null)
        {
            _stagedLength = position + count;
        }
    }

    public void CopyRow(int source, int destination, int length)
    {
        if (source != destination)
        {
            Flush();
            Copy(_rows, source, _rows, destination, 0, length);
            Wrote(destination, 0, length);
        }
    }

    public void ReleaseRow(int row)
    {
        Flush();
        Wrote(row, 0, 0);
        _lengths[row] = 0;
    }

    public void ReserveBlocks(int count, int length)
    {
        _blocks?.Dispose();
        var blocks = new DeviceTensors(_allocator, MemoryInfo, _shape, count, length);
        _blocks = new BlockCopies(_copier, _rows, blocks, _shape.Heads, length);
    }

    public void StoreBlock(int row, int position, int block) => _blocks!.Store(row, position, block);

    public void LoadBlock(int block, int row, int position)
    {
        _blocks!.Load(block, row, position);
        Wrote(row, position, _blocks.Length);
    }

    /// <summary>Into host memory: a row is saved when the device's memory is used up.</summary>
    public KvSnapshot SaveRow(int row, int length)
    {
        Flush();
        var pack = new KvPack(HostMemory.Reserve(_shape.TokenBytes * length), length);
        _copier.Read(_rows, new KvPlaces(_shape.Heads).Add(row, 0, length), pack.Pointer);
        return pack;
    }

    public void RestoreRow(KvSnapshot snapshot, int row)
    {
        Flush();
        _copier.Write(((KvPack)snapshot).Pointer, _rows, new KvPlaces(_shape.Heads).Add(row, 0, snapshot.Length));
        Wrote(row, 0, snapshot.Length);
    }

    public void Dispose()
    {
        _blocks?.Dispose();
        _stage?.Dispose();
        _rows.Dispose();
        _allocator.Dispose();
        _copier.Dispose();
    }

    private void Flush() => _blocks?.Flush();

    private void Wrote(int row, int position, int count)
    {
        _lengths[row] = Math.Max(_lengths[row], position + count);
        if (row == _stagedRow)
        {
            _stagedLength = Math.Min(_stagedLength, position);
        }
    }

    private void Copy(DeviceTensors source, int from, DeviceTensors destination, int to, int first, int end)
    {
        for (int position = first; position < end; position += CopiedAtOnce)
        {
            int count = Math.Min(CopiedAtOnce, end - position);
            _copier.Copy(
                source,
                new KvPlaces(_shape.Heads).Add(from, position, count),
                destination,
                new KvPlaces(_shape.Heads).Add(to, position, count));
        }
    }
}
