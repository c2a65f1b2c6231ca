namespace InferServe.Gateway.Registry;

/// <summary>A LoRA adapter of a model.</summary>
/// <param name="Name">The name clients send in <c>model</c>.</param>
/// <param name="File">Absolute path of the <c>.onnx_adapter</c> file.</param>
internal sealed record AdapterDefinition(string Name, string File);
