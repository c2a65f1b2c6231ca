namespace InferServe.OnnxRuntime.Graph;

/// <summary>
/// Lists the operators of an ONNX file, which ONNX Runtime's C# binding does not tell. Reads <c>ModelProto.graph.node</c>
/// (field numbers from https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) and skips everything else, weights included;
/// the nodes of subgraphs are not listed.
/// </summary>
internal static class GraphNodeReader
{
    private const int ModelGraph = 7;
    private const int GraphNodes = 1;
    private const int NodeName = 3;
    private const int NodeOpType = 4;
    private const int MostNodes = 1_000_000;
    private const int LongestName = 4096;

    /// <exception cref="InvalidDataException">The stream is not an ONNX model, or one of absurd size.</exception>
    public static IReadOnlyList<GraphNode> Read(Stream stream)
    {
        var reader = new WireReader(stream);
        List<GraphNode> nodes = [];
        bool hasGraph = false;
        while (reader.TryReadTag(reader.End, out int field, out var type))
        {
            if (field == ModelGraph && type == WireType.Length)
            {
                hasGraph = true;
                ReadGraph(reader, reader.ReadEnd(reader.End), nodes);
            }
            else
            {
                reader.Skip(type, reader.End);
            }
        }

        return hasGraph ? nodes : throw new InvalidDataException("it holds no graph");
    }

    private static void ReadGraph(WireReader reader, long end, List<GraphNode> nodes)
    {
        while (reader.TryReadTag(end, out int field, out var type))
        {
            if (field != GraphNodes || type != WireType.Length)
            {
                reader.Skip(type, end);
                continue;
            }

            if (nodes.Count == MostNodes)
            {
                throw new InvalidDataException($"it has more than {MostNodes} nodes");
            }

            nodes.Add(ReadNode(reader, reader.ReadEnd(end)));
        }
    }

    private static GraphNode ReadNode(WireReader reader, long end)
    {
        string name = "";
        string opType = "";
        while (reader.TryReadTag(end, out int field, out var type))
        {
            switch (field, type)
            {
                case (NodeName, WireType.Length):
                    name = reader.ReadText(end, LongestName);
                    break;
                case (NodeOpType, WireType.Length):
                    opType = reader.ReadText(end, LongestName);
                    break;
                default:
                    reader.Skip(type, end);
                    break;
            }
        }

        return new GraphNode(name, opType);
    }
}
