using InferServe.OnnxRuntime.Graph;

namespace InferServe.OnnxRuntime.Rewriting;

/// <summary>
/// Where the fields of an ONNX file's graph are (field numbers from https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). Weights are skipped, not
/// read.
/// </summary>
/// <param name="GraphStart">First byte of the graph field, that of its tag.</param>
/// <param name="GraphEnd">The byte behind the graph.</param>
/// <param name="Parts">The graph's fields in the order of the file.</param>
internal sealed record GraphParts(long GraphStart, long GraphEnd, IReadOnlyList<GraphPart> Parts)
{
    public const int ModelGraph = 7;
    public const int Node = 1;
    public const int Initializer = 5;
    public const int Input = 11;
    public const int Output = 12;

    private const int NodeInput = 1;
    private const int NodeOutput = 2;
    private const int NodeName = 3;
    private const int NodeOpType = 4;
    private const int TensorName = 8;
    private const int ValueName = 1;
    private const int MostParts = 1_000_000;
    private const int LongestName = 4096;

    /// <exception cref="InvalidDataException">The stream is not an ONNX model, or one of absurd size.</exception>
    public static GraphParts Read(Stream stream)
    {
        var reader = new WireReader(stream);
        long start = stream.Position;
        while (reader.TryReadTag(reader.End, out int field, out var type))
        {
            if (field == ModelGraph && type == WireType.Length)
            {
                long end = reader.ReadEnd(reader.End);
                return new GraphParts(start, end, ReadGraph(reader, stream, end));
            }

            reader.Skip(type, reader.End);
            start = stream.Position;
        }

        throw new InvalidDataException("it holds no graph");
    }

    private static List<GraphPart> ReadGraph(WireReader reader, Stream stream, long end)
    {
        var parts = new List<GraphPart>();
        long start = stream.Position;
        while (reader.TryReadTag(end, out int field, out var type))
        {
            if (parts.Count == MostParts)
            {
                throw new InvalidDataException($"its graph has more than {MostParts} fields");
            }

            if (type == WireType.Length)
            {
                long valueEnd = reader.ReadEnd(end);
                parts.Add(ReadPart(reader, stream, new GraphPart(field, start, stream.Position, valueEnd)));
                stream.Position = valueEnd;
            }
            else
            {
                reader.Skip(type, end);
                parts.Add(new GraphPart(field, start, start, stream.Position));
            }

            start = stream.Position;
        }

        return parts;
    }

    private static GraphPart ReadPart(WireReader reader, Stream stream, GraphPart part)
    {
        if (part.Field is not (Node or Initializer or Output))
        {
            return part;
        }

        string name = "";
        string opType = "";
        var inputs = new List<string>();
        var outputs = new List<string>();
        while (stream.Position < part.End && reader.TryReadTag(part.End, out int field, out var type))
        {
            switch (part.Field, field, type)
            {
                case (Node, NodeInput, WireType.Length):
                    inputs.Add(reader.ReadText(part.End, LongestName));
                    break;
                case (Node, NodeOutput, WireType.Length):
                    outputs.Add(reader.ReadText(part.End, LongestName));
                    break;
                case (Node, NodeName, WireType.Length):
                case (Initializer, TensorName, WireType.Length):
                case (Output, ValueName, WireType.Length):
                    name = reader.ReadText(part.End, LongestName);
                    break;
                case (Node, NodeOpType, WireType.Length):
                    opType = reader.ReadText(part.End, LongestName);
                    break;
                default:
                    reader.Skip(type, part.End);
                    break;
            }
        }

        return part with { Name = name, OpType = opType, Inputs = inputs, Outputs = outputs };
    }
}
