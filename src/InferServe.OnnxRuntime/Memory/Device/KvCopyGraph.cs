using System.Globalization;
using InferServe.OnnxRuntime.Rewriting;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Memory.Device;

/// <summary>
/// The small ONNX graphs that copy keys and values on a device, where only the execution provider can. <c>GatherND</c> takes the positions that
/// <c>at</c> [positions, 3] names by (row or block, head, position) out of every buffer; <c>ScatterND</c> puts such positions into buffers, in place
/// when input and output are the same tensor.
/// </summary>
internal static class KvCopyGraph
{
    public const string At = "at";

    public static string Data(int buffer) => Name("data", buffer);

    public static string Packed(int buffer) => Name("packed", buffer);

    public static string Out(int buffer) => Name("out", buffer);

    /// <summary>Inputs <c>at</c> and all <c>data</c>; outputs all <c>packed</c> [positions, head size].</summary>
    public static byte[] Gather(int buffers, TensorElementType type, int headSize) => Write(buffers, (graph, buffer) => graph
        .Node("GatherND", [Data(buffer), At], Packed(buffer))
        .Input(Data(buffer), type, DataShape(headSize))
        .Output(Packed(buffer), type, PackedShape(headSize)));

    /// <summary>Inputs <c>at</c>, all <c>data</c> and all <c>packed</c>; outputs all <c>out</c>, shaped like <c>data</c>.</summary>
    public static byte[] Scatter(int buffers, TensorElementType type, int headSize) => Write(buffers, (graph, buffer) => graph
        .Node("ScatterND", [Data(buffer), At, Packed(buffer)], Out(buffer))
        .Input(Data(buffer), type, DataShape(headSize))
        .Input(Packed(buffer), type, PackedShape(headSize))
        .Output(Out(buffer), type, DataShape(headSize)));

    private static byte[] Write(int buffers, Action<SmallGraph, int> addBuffer)
    {
        var graph = new SmallGraph().Input(At, TensorElementType.Int64, ["positions", 3L]);
        for (int buffer = 0; buffer < buffers; buffer++)
        {
            addBuffer(graph, buffer);
        }

        return graph.ToBytes();
    }

    private static object[] DataShape(int headSize) => ["outer", "heads", "capacity", (long)headSize];

    private static object[] PackedShape(int headSize) => ["positions", (long)headSize];

    private static string Name(string kind, int buffer) => string.Create(CultureInfo.InvariantCulture, $"{kind}.{buffer}");
}
