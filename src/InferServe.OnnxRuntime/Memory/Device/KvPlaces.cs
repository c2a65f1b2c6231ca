namespace InferServe.OnnxRuntime.Memory.Device;

/// <summary>A list of positions of all heads, in the form that <see cref="KvCopyGraph"/> takes: (row or block, head, position) after another.</summary>
internal sealed class KvPlaces(int heads)
{
    private const int Coordinates = 3;

    private readonly List<long> _values = [];

    /// <summary>The coordinates, shape [<see cref="Count"/>, 3].</summary>
    public long[] Values => [.. _values];

    /// <summary>Number of places.</summary>
    public int Count => _values.Count / Coordinates;

    /// <summary>Adds adjacent positions of one row or block, head by head.</summary>
    public KvPlaces Add(int outer, int position, int count)
    {
        for (int head = 0; head < heads; head++)
        {
            for (int i = 0; i < count; i++)
            {
                _values.AddRange([outer, head, position + i]);
            }
        }

        return this;
    }

    public void Clear() => _values.Clear();
}
