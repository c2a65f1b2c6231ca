namespace InferServe.Engine.Model;

/// <summary>One new token for each of the adjacent rows <c>FirstRow … FirstRow + Count − 1</c>.</summary>
/// <param name="FirstRow">The first row.</param>
/// <param name="Tokens">The new token of each row, shape [rows].</param>
/// <param name="Positions">The position of each row's new token, i.e. how many tokens the row holds before the step, shape [rows].</param>
public sealed record DecodeBatch(int FirstRow, ReadOnlyMemory<int> Tokens, ReadOnlyMemory<int> Positions)
{
    /// <summary>Number of rows.</summary>
    public int Count => Tokens.Length;
}
