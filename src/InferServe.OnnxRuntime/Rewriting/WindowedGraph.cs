namespace InferServe.OnnxRuntime.Rewriting;

/// <summary>A graph with one input more: from which position on the logits are computed, counted from the end.</summary>
/// <param name="Model">The whole edited file.</param>
/// <param name="Input">The added input, int64 of shape [1]: −1 for the last position, −n for the last n.</param>
internal sealed record WindowedGraph(byte[] Model, string Input);
