namespace InferServe.Gateway.Registry;

/// <summary>A text is not JSON.</summary>
internal sealed class PlacedJsonException(int line, int column, string message) : Exception(message)
{
    /// <summary>Line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Byte in the line, from 1.</summary>
    public int Column { get; } = column;
}
