namespace InferServe.OnnxRuntime.Memory;

/// <summary>What kind of memory keys and values are kept in.</summary>
internal enum KvPlacement
{
    /// <summary>A device's, where a pointer into a tensor's memory is a tensor's memory as well.</summary>
    DeviceWithAddresses,

    /// <summary>A device's, where tensors are handles.</summary>
    DeviceWithHandles,
}
