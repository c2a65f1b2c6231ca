namespace InferServe.OnnxRuntime.Graph;

/// <summary>Reads a <c>NodeProto</c>.</summary>
internal static class GraphNodeReader
{
    public const int LongestName = 4096;

    private const int NodeName = 3;
    private const int NodeOpType = 4;
    private const int NodeAttribute = 5;
    private const int AttributeName = 1;
    private const int AttributeInteger = 3;
    private const int MostAttributes = 64;

    public static GraphNode Read(WireReader reader, long end)
    {
        string name = "";
        string opType = "";
        Dictionary<string, long> attributes = [];
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
                case (NodeAttribute, WireType.Length) when attributes.Count < MostAttributes:
                    ReadAttribute(reader, reader.ReadEnd(end), attributes);
                    break;
                default:
                    reader.Skip(type, end);
                    break;
            }
        }

        // The attributes of all other nodes would take room for nothing.
        var node = new GraphNode(name, opType);
        return opType == GraphNode.QuantizedProduct || opType.Contains("Attention", StringComparison.Ordinal) ? node with { Attributes = attributes } : node;
    }

    private static void ReadAttribute(WireReader reader, long end, Dictionary<string, long> attributes)
    {
        string name = "";
        long? value = null;
        while (reader.TryReadTag(end, out int field, out var type))
        {
            switch (field, type)
            {
                case (AttributeName, WireType.Length):
                    name = reader.ReadText(end, LongestName);
                    break;
                case (AttributeInteger, WireType.Varint):
                    value = (long)reader.ReadNumber(end);
                    break;
                default:
                    reader.Skip(type, end);
                    break;
            }
        }

        if (value is { } number)
        {
            attributes[name] = number;
        }
    }
}
