namespace InferServe.OnnxRuntime.Memory.Device;

/// <summary>
/// Copies between rows and blocks that wait to be done in one run: a prompt that is known takes a hundred blocks, and a run on a device costs far more than
/// the copy of a block. All copies that wait go the same way, and no two of them write the same place.
/// </summary>
internal sealed class BlockCopies(KvCopier copier, DeviceTensors rows, DeviceTensors blocks, int heads, int length) : IDisposable
{
    // Bounds the memory on the device that a copy passes through.
    private const int MostPositions = 512;

    private readonly KvPlaces _inRows = new(heads);
    private readonly KvPlaces _inBlocks = new(heads);
    private readonly HashSet<(int Outer, int Position)> _written = [];
    private bool _toBlocks;

    /// <summary>Positions of a block.</summary>
    public int Length => length;

    public void Store(int row, int position, int block) => Add(toBlocks: true, (block, 0), row, position, block);

    public void Load(int block, int row, int position) => Add(toBlocks: false, (row, position), row, position, block);

    /// <summary>Does what waits.</summary>
    public void Flush()
    {
        if (_inRows.Count == 0)
        {
            return;
        }

        try
        {
            if (_toBlocks)
            {
                copier.Copy(rows, _inRows, blocks, _inBlocks);
            }
            else
            {
                copier.Copy(blocks, _inBlocks, rows, _inRows);
            }
        }
        finally
        {
            _inRows.Clear();
            _inBlocks.Clear();
            _written.Clear();
        }
    }

    public void Dispose() => blocks.Dispose();

    private void Add(bool toBlocks, (int Outer, int Position) written, int row, int position, int block)
    {
        if (toBlocks != _toBlocks || _inRows.Count >= MostPositions * heads || !_written.Add(written))
        {
            Flush();
            _written.Add(written);
        }

        _toBlocks = toBlocks;
        _inRows.Add(row, position, length);
        _inBlocks.Add(block, 0, length);
    }
}
