using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Adapters;

/// <summary>A tensor of an adapter, which takes the place of the graph's default for one of its inputs.</summary>
/// <param name="Name">Name of the graph's input.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Offset">First byte of its values in the file.</param>
/// <param name="Length">Bytes of its values.</param>
internal sealed record AdapterParameter(string Name, TensorElementType Type, IReadOnlyList<long> Shape, int Offset, int Length);
