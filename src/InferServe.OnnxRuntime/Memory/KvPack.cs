using InferServe.Engine.Model;

namespace InferServe.OnnxRuntime.Memory;

/// <summary>Positions of one row outside the rows, packed as [layers × 2, heads, positions, head size] in the rows' element type.</summary>
internal sealed class KvPack(HostMemory memory, int length) : KvSnapshot(length)
{
    public nint Pointer => memory.Pointer;

    public override void Dispose() => memory.Dispose();
}
