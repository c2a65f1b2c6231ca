namespace InferServe.OnnxRuntime.Memory;

/// <summary>Shape of the KV memory: for each layer one key and one value buffer [rows, heads, capacity, head size] of float32.</summary>
internal sealed record KvShape(int Layers, int Rows, int Heads, int Capacity, int HeadSize)
{
    /// <summary>Elements of one head of one row.</summary>
    public long HeadStride => (long)Capacity * HeadSize;

    /// <summary>Elements of one row.</summary>
    public long RowStride => Heads * HeadStride;

    /// <summary>Bytes of one buffer.</summary>
    public long BufferBytes => Rows * RowStride * sizeof(float);

    /// <summary>Bytes of one position of one row in all buffers together.</summary>
    public long TokenBytes => 2L * Layers * Heads * HeadSize * sizeof(float);
}
