using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Rewriting;

/// <summary>Writes an ONNX model of a few operators. Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.</summary>
internal sealed class SmallGraph
{
    private const ulong IrVersion = 8;
    private const ulong Opset = 18;

    // Fields of ModelProto and GraphProto.
    private const int ModelIr = 1;
    private const int ModelGraph = 7;
    private const int ModelOpset = 8;
    private const int GraphNode = 1;
    private const int GraphName = 2;
    private const int GraphInput = 11;
    private const int GraphOutput = 12;

    private readonly WireWriter _graph = new WireWriter().Text(GraphName, "small");

    /// <summary>Adds an operator with one output.</summary>
    public SmallGraph Node(string operation, string[] inputs, string output)
    {
        var node = new WireWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        _graph.Message(GraphNode, node.Text(2, output).Text(3, output).Text(4, operation));
        return this;
    }

    /// <summary>Adds an input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Type of its elements.</param>
    /// <param name="dimensions">Each a number, or a name where it may be any; null where there may be any number of them.</param>
    public SmallGraph Input(string name, TensorElementType type, object[]? dimensions)
    {
        _graph.Message(GraphInput, Tensor(name, type, dimensions));
        return this;
    }

    /// <summary>Adds an output; see <see cref="Input"/>.</summary>
    public SmallGraph Output(string name, TensorElementType type, object[]? dimensions)
    {
        _graph.Message(GraphOutput, Tensor(name, type, dimensions));
        return this;
    }

    /// <summary>The model as a file holds it.</summary>
    public byte[] ToBytes()
    {
        var opset = new WireWriter().Text(1, "").Number(2, Opset);
        using var stream = new MemoryStream();
        new WireWriter().Number(ModelIr, IrVersion).Message(ModelGraph, _graph).Message(ModelOpset, opset).CopyTo(stream);
        return stream.ToArray();
    }

    /// <summary>A <c>ValueInfoProto</c>.</summary>
    private static WireWriter Tensor(string name, TensorElementType type, object[]? dimensions)
    {
        var tensor = new WireWriter().Number(1, (ulong)type);
        if (dimensions is not null)
        {
            var shape = new WireWriter();
            foreach (object dimension in dimensions)
            {
                shape.Message(1, dimension is long length ? new WireWriter().Number(1, (ulong)length) : new WireWriter().Text(2, (string)dimension));
            }

            tensor.Message(2, shape);
        }

        return new WireWriter().Text(1, name).Message(2, new WireWriter().Message(1, tensor));
    }
}
