namespace InferServe.Engine.Model;

/// <summary>A part of one row's prompt.</summary>
/// <param name="Row">The row.</param>
/// <param name="Position">Position of the first token, i.e. how many tokens the row holds before the step.</param>
/// <param name="Tokens">The tokens, at least one.</param>
/// <param name="NeedsLogits">True when the logits of the last token are wanted (the prompt ends here).</param>
public sealed record PrefillChunk(int Row, int Position, ReadOnlyMemory<int> Tokens, bool NeedsLogits);
