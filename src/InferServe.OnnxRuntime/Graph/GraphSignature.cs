namespace InferServe.OnnxRuntime.Graph;

/// <summary>All inputs and outputs of a graph.</summary>
internal sealed record GraphSignature(IReadOnlyList<TensorSignature> Inputs, IReadOnlyList<TensorSignature> Outputs)
{
    public TensorSignature? Input(string name) => Inputs.FirstOrDefault(input => input.Name == name);

    public TensorSignature? Output(string name) => Outputs.FirstOrDefault(output => output.Name == name);
}
