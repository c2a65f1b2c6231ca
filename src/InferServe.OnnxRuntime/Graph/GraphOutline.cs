namespace InferServe.OnnxRuntime.Graph;

/// <summary>What an ONNX file tells without its weights being read.</summary>
/// <param name="Nodes">The operators in their order; those of subgraphs are not listed.</param>
/// <param name="Signature">Inputs and outputs; weights that older files list among the inputs are not.</param>
/// <param name="Weights">The constants.</param>
internal sealed record GraphOutline(IReadOnlyList<GraphNode> Nodes, GraphSignature Signature, IReadOnlyList<WeightTensor> Weights)
{
    /// <summary>Inputs that have a constant for a default, which is how a graph takes adapters.</summary>
    public IReadOnlyList<TensorSignature> Defaults { get; init; } = [];
}
