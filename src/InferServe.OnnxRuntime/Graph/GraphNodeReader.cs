namespace InferServe.OnnxRuntime.Graph;

/// <summary>Reads a <c>NodeProto</c>.</summary>
internal static class GraphNodeReader
{
    public const int LongestName = 4096;

    private const int NodeInput = 1;
    private const int NodeOutput = 2;
    private const int NodeName = 3;
    private const int NodeOpType = 4;
    private const int NodeAttribute = 5;
    private const int AttributeName = 1;
    private const int AttributeInteger = 3;
    private const int AttributeTensor = 5;
    private const int MostAttributes = 64;

    public static GraphNode Read(WireReader reader, long end)
    {
        string name = "";
        string opType = "";
        List<string> inputs = [];
        List<string> outputs = [];
        Dictionary<string, long> attributes = [];
        long? constant = null;
        while (reader.TryReadTag(end, out int field, out var type))
        {
            switch (field, type)
            {
                case (NodeInput, WireType.Length):
                    inputs.Add(reader.ReadText(end, LongestName));
                    break;
                case (NodeOutput, WireType.Length):
                    outputs.Add(reader.ReadText(end, LongestName));
                    break;
                case (NodeName, WireType.Length):
                    name = reader.ReadText(end, LongestName);
                    break;
                case (NodeOpType, WireType.Length):
                    opType = reader.ReadText(end, LongestName);
                    break;
                case (NodeAttribute, WireType.Length) when attributes.Count < MostAttributes:
                    constant = ReadAttribute(reader, reader.ReadEnd(end), attributes) ?? constant;
                    break;
                default:
                    reader.Skip(type, end);
                    break;
            }
        }

        // The attributes of all other nodes would take room for nothing.
        var node = new GraphNode(name, opType) { Inputs = inputs, Outputs = outputs, Constant = constant };
        return opType == GraphNode.QuantizedProduct || opType.Contains("Attention", StringComparison.Ordinal) ? node with { Attributes = attributes } : node;
    }

    /// <summary>Keeps an attribute that is a whole number; returns the number that a tensor holds.</summary>
    private static long? ReadAttribute(WireReader reader, long end, Dictionary<string, long> attributes)
    {
        string name = "";
        long? value = null;
        long? constant = null;
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
                case (AttributeTensor, WireType.Length):
                    constant = WeightTensorReader.Read(reader, reader.ReadEnd(end)).Integer;
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

        return constant;
    }
}
