namespace InferServe.OnnxRuntime.Adapters;

/// <summary>An adapter to load beside a model.</summary>
/// <param name="Name">The name by which plans ask for it.</param>
/// <param name="Path">The <c>.onnx_adapter</c> file.</param>
public sealed record AdapterDefinition(string Name, string Path);
