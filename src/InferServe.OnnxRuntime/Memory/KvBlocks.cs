namespace InferServe.OnnxRuntime.Memory;

/// <summary>Blocks of positions that outlive their rows, each packed like <see cref="KvPack"/>; a block takes memory once it is written.</summary>
internal sealed class KvBlocks(KvShape shape, int count, int length) : IDisposable
{
    private readonly long _blockBytes = shape.TokenBytes * length;
    private readonly HostMemory _memory = HostMemory.Reserve(checked(shape.TokenBytes * length * count));

    /// <summary>Number of blocks.</summary>
    public int Count => count;

    /// <summary>Positions of a block.</summary>
    public int Length => length;

    public nint this[int block] => _memory.Pointer + (nint)(block * _blockBytes);

    public void Dispose() => _memory.Dispose();
}
