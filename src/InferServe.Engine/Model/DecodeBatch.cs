namespace InferServe.Engine.Model;

/// <summary>One new token for each of the adjacent rows <c>FirstRow … FirstRow + Count − 1</c>.</summary>
/// <param name="FirstRow">The first row.</param>
/// <param name="Tokens">The new token of each row, shape [rows].</param>
/// <param name="Positions">The position of each row's new token, i.e. how many tokens the row holds before the step, shape [rows].</param>
public sealed record DecodeBatch(int FirstRow, ReadOnlyMemory<int> Tokens, ReadOnlyMemory<int> Positions)
{
    /// <summary>Name of the adapter that all rows use; null for the model as it is.</summary>
    public string? Adapter { get; init; }

    /// <summary>
    /// True when the last row only keeps the batch from having a single row, which would take other kernels and round differently. Its
    /// position lies behind everything that the row holds, and its logits are not returned.
    /// </summary>
    public bool IsPadded { get; init; }

    /// <summary>Number of rows, padding included.</summary>
    public int Count => Tokens.Length;

    /// <summary>Number of entries in the step's logits.</summary>
    public int Logits => IsPadded ? Count - 1 : Count;
}
