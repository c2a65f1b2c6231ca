using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Memory;

/// <summary>Shape of the KV memory: for each layer one key and one value buffer [rows, heads, capacity, head size] of one element type.</summary>
internal sealed record KvShape(int Layers, int Rows, int Heads, int Capacity, int HeadSize, TensorElementType ElementType)
{
    /// <summary>Bytes of one position of one head.</summary>
    public long PositionBytes { get; } = (long)HeadSize * FloatTypes.SizeOf(ElementType);

    /// <summary>Bytes of one head of one row.</summary>
    public long HeadBytes => Capacity * PositionBytes;

    /// <summary>Bytes of one row of one buffer.</summary>
    public long RowBytes => Heads * HeadBytes;

    /// <summary>Bytes of one buffer.</summary>
    public long BufferBytes => Rows * RowBytes;

    /// <summary>Bytes of one position of one row in all buffers together.</summary>
    public long TokenBytes => 2L * Layers * Heads * PositionBytes;
}
