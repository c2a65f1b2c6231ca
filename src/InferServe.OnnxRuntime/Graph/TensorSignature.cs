using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Graph;

/// <summary>Type and shape of a graph's input or output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Dimensions">Its shape; −1 where it is not fixed.</param>
internal sealed record TensorSignature(string Name, TensorElementType Type, IReadOnlyList<int> Dimensions);
