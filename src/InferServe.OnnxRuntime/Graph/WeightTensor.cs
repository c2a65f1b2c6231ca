namespace InferServe.OnnxRuntime.Graph;

/// <summary>A constant of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Bytes of its values, within the file or outside it.</param>
/// <param name="External">Where its values are, when they are outside the file.</param>
internal sealed record WeightTensor(string Name, long Bytes, ExternalData? External)
{
    /// <summary>The value, where it is one int64 within the file.</summary>
    public long? Integer { get; init; }
}

/// <summary>A range of bytes of a file beside the graph.</summary>
/// <param name="Location">Path relative to the graph's folder, as the graph says.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Number of bytes; null for all that follow.</param>
internal sealed record ExternalData(string Location, long Offset, long? Length);
