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

    private const ulong IrVersion = 8;
    private const ulong Opset = 18;

    // Fields of onnx.proto3: ModelProto, GraphProto.
    private const int ModelIr = 1;
    private const int ModelGraph = 7;
    private const int ModelOpset = 8;
    private const int GraphNode = 1;
    private const int GraphName = 2;
    private const int GraphInput = 11;
    private const int GraphOutput = 12;

    public static string Data(int buffer) => Name("data", buffer);

    public static string Packed(int buffer) => Name("packed", buffer);

    public static string Out(int buffer) => Name("out", buffer);

    /// <summary>Inputs <c>at</c> and all <c>data</c>; outputs all <c>packed</c> [positions, head size].</summary>
    public static byte[] Gather(int buffers, TensorElementType type, int headSize) => Write(buffers, (graph, buffer) => graph
        .Message(GraphNode, Node("GatherND", [Data(buffer), At], Packed(buffer)))
        .Message(GraphInput, Tensor(Data(buffer), type, DataShape(headSize)))
        .Message(GraphOutput, Tensor(Packed(buffer), type, PackedShape(headSize))));

    /// <summary>Inputs <c>at</c>, all <c>data</c> and all <c>packed</c>; outputs all <c>out</c>, shaped like <c>data</c>.</summary>
    public static byte[] Scatter(int buffers, TensorElementType type, int headSize) => Write(buffers, (graph, buffer) => graph
        .Message(GraphNode, Node("ScatterND", [Data(buffer), At, Packed(buffer)], Out(buffer)))
        .Message(GraphInput, Tensor(Data(buffer), type, DataShape(headSize)))
        .Message(GraphInput, Tensor(Packed(buffer), type, PackedShape(headSize)))
        .Message(GraphOutput, Tensor(Out(buffer), type, DataShape(headSize))));

    private static byte[] Write(int buffers, Action<WireWriter, int> addBuffer)
    {
        var graph = new WireWriter().Text(GraphName, "copy").Message(GraphInput, Tensor(At, TensorElementType.Int64, ["positions", 3L]));
        for (int buffer = 0; buffer < buffers; buffer++)
        {
            addBuffer(graph, buffer);
        }

        var opset = new WireWriter().Text(1, "").Number(2, Opset);
        using var stream = new MemoryStream();
        new WireWriter().Number(ModelIr, IrVersion).Message(ModelGraph, graph).Message(ModelOpset, opset).CopyTo(stream);
        return stream.ToArray();
    }

    /// <summary>A <c>NodeProto</c>.</summary>
    private static WireWriter Node(string operation, string[] inputs, string output)
    {
        var node = new WireWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        return node.Text(2, output).Text(3, output).Text(4, operation);
    }

    /// <summary>A <c>ValueInfoProto</c>; a dimension is a number, or a name where it may be any.</summary>
    private static WireWriter Tensor(string name, TensorElementType type, object[] dimensions)
    {
        var shape = new WireWriter();
        foreach (object dimension in dimensions)
        {
            shape.Message(1, dimension is long length ? new WireWriter().Number(1, (ulong)length) : new WireWriter().Text(2, (string)dimension));
        }

        var tensor = new WireWriter().Number(1, (ulong)type).Message(2, shape);
        return new WireWriter().Text(1, name).Message(2, new WireWriter().Message(1, tensor));
    }

    private static object[] DataShape(int headSize) => ["outer", "heads", "capacity", (long)headSize];

    private static object[] PackedShape(int headSize) => ["positions", (long)headSize];

    private static string Name(string kind, int buffer) => string.Create(CultureInfo.InvariantCulture, $"{kind}.{buffer}");
}
