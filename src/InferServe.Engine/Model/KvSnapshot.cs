namespace InferServe.Engine.Model;

/// <summary>A copy of a row's keys and values outside the rows, bit for bit. Made and understood by one <see cref="IModelRunner"/> only.</summary>
/// <param name="length">Number of positions.</param>
public abstract class KvSnapshot(int length) : IDisposable
{
    /// <summary>Number of positions.</summary>
    public int Length { get; } = length;

    /// <summary>Gives the memory back.</summary>
    public abstract void Dispose();
}
