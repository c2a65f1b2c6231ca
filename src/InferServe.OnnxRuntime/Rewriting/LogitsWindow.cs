using System.Buffers.Binary;
using InferServe.OnnxRuntime.Graph;

namespace InferServe.OnnxRuntime.Rewriting;

/// <summary>
/// Lets a run say how many positions it wants logits for. The product with the vocabulary's matrix is the largest of all, and prefill needs it for
/// one position only, while log-probabilities of the prompt and the verification of drafts need it for several. Two kinds of graphs are known:
/// <list type="bullet">
/// <item>those of <c>models/exporter</c> for the last position, which slice from the constant <c>last_start</c>: the constant becomes an input;</item>
/// <item>those that compute every position: a Slice from a new input goes before the last matrix product.</item>
/// </list>
/// Any other graph stays as it is.
/// </summary>
internal static class LogitsWindow
{
    private const string StartConstant = "last_start";
    private const string StartInput = "inferserve.logits_start";
    private const string Window = "inferserve.logits_window";
    private const string EndConstant = "inferserve.logits_end";
    private const string AxisConstant = "inferserve.logits_axis";
    private const int Float = 1;
    private const int Int64 = 7;
    private const int NodeInput = 1;
    private const int NodeOutput = 2;

    // Nodes that change each logit by itself.
    private static readonly string[] ElementWise = ["Cast", "Mul", "Div", "Tanh", "Identity", "Add"];
    private static readonly string[] Products = ["MatMul", "MatMulNBits"];

    /// <summary>Edits a graph.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="logits">Name of the graph's logits.</param>
    /// <param name="vocabularySize">Number of logits of a position.</param>
    /// <returns>The edited graph; null when it is of no known kind or too large to be held in memory.</returns>
    /// <exception cref="InvalidDataException">The stream is not an ONNX model.</exception>
    public static WindowedGraph? Open(Stream stream, string logits, int vocabularySize)
    {
        var graph = GraphParts.Read(stream);
        if (graph.Parts.FirstOrDefault(p => p.Field == GraphParts.Initializer && p.Name == StartConstant) is { } constant)
        {
            // The declared shape would hold every run to one position.
            return Write(
                stream,
                graph,
                StartConstant,
                part => part == constant ? new WireWriter() : IsOutput(part) ? OutputOf(logits, ElementTypeOf(stream, part), vocabularySize) : null,
                new WireWriter());
        }

        if (FindProduct(graph, logits) is not { } product)
        {
            return null;
        }

        bool IsOutput(GraphPart part) => part.Field == GraphParts.Output && part.Name == logits;

        var constants = new WireWriter()
            .Message(GraphParts.Initializer, Constant(EndConstant, long.MaxValue))
            .Message(GraphParts.Initializer, Constant(AxisConstant, 1));
        return Write(stream, graph, StartInput, part => part == product ? Windowed(stream, product) : null, constants);
    }

    /// <summary>The matrix product that the logits come from.</summary>
    private static GraphPart? FindProduct(GraphParts graph, string logits)
    {
        var producers = new Dictionary<string, GraphPart>();
        foreach (var part in graph.Parts)
        {
            foreach (string output in part.Outputs)
            {
                producers.TryAdd(output, part);
            }
        }

        // Each node is passed once at most, so a cycle in a damaged file ends.
        while (producers.Remove(logits, out var part) && part.Inputs.Count > 0)
        {
            if (Products.Contains(part.OpType))
            {
                return part;
            }

            // A second operand that is computed has a position for each token as well.
            if (!ElementWise.Contains(part.OpType)
                || part.Inputs.Skip(1).Any(input => producers.TryGetValue(input, out var other) && other.OpType != "Constant"))
            {
                return null;
            }

            logits = part.Inputs[0];
        }

        return null;
    }

    /// <summary>A Slice, and the product that takes its output instead of all positions.</summary>
    private static WireWriter Windowed(Stream stream, GraphPart product)
    {
        var slice = new WireWriter()
            .Text(NodeInput, product.Inputs[0])
            .Text(NodeInput, StartInput)
            .Text(NodeInput, EndConstant)
            .Text(NodeInput, AxisConstant)
            .Text(NodeOutput, Window)
            .Text(3, Window)
            .Text(4, "Slice");

        // The first input comes first in the node's bytes as well, whatever stands between: repeated fields keep their order.
        var node = new WireWriter().Text(NodeInput, Window);
        byte[] bytes = Read(stream, product.ValueStart, product.End);
        var reader = new WireReader(new MemoryStream(bytes));
        return new WireWriter()
            .Message(GraphParts.Node, slice)
            .Message(GraphParts.Node, WithoutFirstInput(bytes, reader, node));
    }

    private static WireWriter WithoutFirstInput(byte[] bytes, WireReader reader, WireWriter node)
    {
        long start = 0;
        bool dropped = false;
        while (reader.TryReadTag(bytes.Length, out int field, out var type))
        {
            reader.Skip(type, bytes.Length);
            if (field == NodeInput && !dropped)
            {
                dropped = true;
            }
            else
            {
                node.Raw(bytes.AsSpan((int)start, (int)(reader.Position - start)));
            }

            start = reader.Position;
        }

        return node;
    }

    /// <summary>Writes the file again with some parts replaced, the window's input and further fields added.</summary>
    private static WindowedGraph? Write(
        Stream stream, GraphParts graph, string input, Func<GraphPart, WireWriter?> replace, WireWriter added)
    {
        added.Message(GraphParts.Input, InputOf(input));
        var replaced = graph.Parts.Select(replace).ToList();
        long length = added.Length + graph.Parts.Zip(replaced).Sum(pair => pair.Second?.Length ?? pair.First.End - pair.First.Start);
        if (length + stream.Length - (graph.GraphEnd - graph.GraphStart) > Array.MaxLength / 2)
        {
            return null;
        }

        using var target = new MemoryStream(checked((int)(length + 16 + stream.Length - (graph.GraphEnd - graph.GraphStart))));
        Copy(stream, 0, graph.GraphStart, target);
        new WireWriter().Header(GraphParts.ModelGraph, length).CopyTo(target);
        foreach (var (part, replacement) in graph.Parts.Zip(replaced))
        {
            if (replacement is null)
            {
                Copy(stream, part.Start, part.End, target);
            }
            else
            {
                replacement.CopyTo(target);
            }
        }

        added.CopyTo(target);
        Copy(stream, graph.GraphEnd, stream.Length, target);
        return new WindowedGraph(target.ToArray(), input);
    }

    private static void Copy(Stream stream, long start, long end, MemoryStream target)
    {
        int length = checked((int)(end - start));
        long position = target.Length;
        target.SetLength(position + length);
        stream.Position = start;
        stream.ReadExactly(target.GetBuffer().AsSpan((int)position, length));
        target.Position = target.Length;
    }

    private static byte[] Read(Stream stream, long start, long end)
    {
        byte[] bytes = new byte[checked((int)(end - start))];
        stream.Position = start;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A <c>ValueInfoProto</c>: int64 of shape [1].</summary>
    private static WireWriter InputOf(string name)
    {
        var shape = new WireWriter().Message(1, new WireWriter().Number(1, 1));
        var tensor = new WireWriter().Number(1, Int64).Message(2, shape);
        return new WireWriter().Text(1, name).Message(2, new WireWriter().Message(1, tensor));
    }

    /// <summary>A <c>ValueInfoProto</c> as output of the graph: shape [any, any, vocabulary].</summary>
    private static WireWriter OutputOf(string name, ulong elementType, int vocabularySize)
    {
        var shape = new WireWriter()
            .Message(1, new WireWriter().Text(2, "logits_rows"))
            .Message(1, new WireWriter().Text(2, "logits_positions"))
            .Message(1, new WireWriter().Number(1, (ulong)vocabularySize));
        var tensor = new WireWriter().Number(1, elementType).Message(2, shape);
        var value = new WireWriter().Text(1, name).Message(2, new WireWriter().Message(1, tensor));
        return new WireWriter().Message(GraphParts.Output, value);
    }

    /// <summary>The element type that a <c>ValueInfoProto</c> declares (type, tensor type, element type); float32 where it declares none.</summary>
    private static ulong ElementTypeOf(Stream stream, GraphPart output)
    {
        stream.Position = output.ValueStart;
        var reader = new WireReader(stream);
        return reader.TryFind(2, WireType.Length, output.End) && reader.ReadEnd(output.End) is var typeEnd
            && reader.TryFind(1, WireType.Length, typeEnd) && reader.ReadEnd(typeEnd) is var tensorEnd
            && reader.TryFind(1, WireType.Varint, tensorEnd)
            ? reader.ReadNumber(tensorEnd)
            : Float;
    }

    /// <summary>A <c>TensorProto</c>: int64 of shape [1].</summary>
    private static WireWriter Constant(string name, long value)
    {
        byte[] raw = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(raw, value);
        return new WireWriter().Number(1, 1).Number(2, Int64).Text(8, name).Bytes(9, raw);
    }
}
