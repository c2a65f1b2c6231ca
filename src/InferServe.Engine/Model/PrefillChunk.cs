namespace InferServe.Engine.Model;

/// <summary>Several new tokens of one row: a part of a prompt, or drafts to verify.</summary>
/// <param name="Row">The row.</param>
/// <param name="Position">Position of the first token, i.e. how many tokens the row holds before the step.</param>
/// <param name="Tokens">The tokens, at least one.</param>
/// <param name="Logits">
/// Of how many tokens, counted from the last one, the logits are wanted: 0 … the number of tokens; more than 1 only where
/// <see cref="IModelRunner.ReturnsAllPositions"/>.
/// </param>
public sealed record PrefillChunk(int Row, int Position, ReadOnlyMemory<int> Tokens, int Logits)
{
    /// <summary>Name of the adapter that the row uses; null for the model as it is.</summary>
    public string? Adapter { get; init; }
}
