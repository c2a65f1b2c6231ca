namespace InferServe.OnnxRuntime.Config;

/// <summary>Chooses the graph of a folder that does not name one.</summary>
internal static class GraphChoice
{
    /// <summary>
    /// Where graphs are looked for, the first that exists wins: four bits need the least memory and time, and eight bits come last, since such graphs
    /// also compute with activations of eight bits.
    /// </summary>
    public static readonly IReadOnlyList<string> Order =
    [
        "onnx/model_q4.onnx", "onnx/model_q4f16.onnx", "onnx/model_fp16.onnx", "onnx/model.onnx", "onnx/model_int8.onnx", "onnx/model_quantized.onnx",
        "model_q4.onnx", "model_q4f16.onnx", "model_fp16.onnx", "model.onnx", "model_int8.onnx", "model_quantized.onnx",
    ];

    /// <summary>The first graph that the folder has; null where it has none of them.</summary>
    public static string? In(string folder) => Order.FirstOrDefault(file => File.Exists(Path.Combine(folder, file)));
}
