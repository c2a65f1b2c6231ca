namespace InferServe.OnnxRuntime.Graph;

/// <summary>
/// Reads the outline of an ONNX file: what ONNX Runtime's C# binding does not tell, or only once the weights are loaded. Field numbers are those of
/// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto; values of weights are skipped.
/// </summary>
internal static class GraphOutlineReader
{
    private const int ModelGraph = 7;
    private const int GraphNodes = 1;
    private const int GraphInitializers = 5;
    private const int GraphInputs = 11;
    private const int GraphOutputs = 12;
    private const int MostParts = 1_000_000;

    /// <exception cref="InvalidDataException">The stream is not an ONNX model, or one of absurd size.</exception>
    public static GraphOutline Read(Stream stream)
    {
        var reader = new WireReader(stream);
        List<GraphNode> nodes = [];
        List<TensorSignature> inputs = [];
        List<TensorSignature> outputs = [];
        List<WeightTensor> weights = [];
        bool hasGraph = false;
        while (reader.TryReadTag(reader.End, out int field, out var type))
        {
            if (field == ModelGraph && type == WireType.Length)
            {
                hasGraph = true;
                ReadGraph(reader.ReadEnd(reader.End));
            }
            else
            {
                reader.Skip(type, reader.End);
            }
        }

        if (!hasGraph)
        {
            throw new InvalidDataException("it holds no graph");
        }

        HashSet<string> constants = [.. weights.Select(weight => weight.Name)];
        var defaults = inputs.FindAll(input => constants.Contains(input.Name));
        inputs.RemoveAll(input => constants.Contains(input.Name));
        return new GraphOutline(nodes, new GraphSignature(inputs, outputs), weights) { Defaults = defaults };

        void ReadGraph(long end)
        {
            while (reader.TryReadTag(end, out int field, out var type))
            {
                if (nodes.Count + inputs.Count + outputs.Count + weights.Count == MostParts)
                {
                    throw new InvalidDataException($"it has more than {MostParts} nodes and tensors");
                }

                switch (field, type)
                {
                    case (GraphNodes, WireType.Length):
                        nodes.Add(GraphNodeReader.Read(reader, reader.ReadEnd(end)));
                        break;
                    case (GraphInitializers, WireType.Length):
                        weights.Add(WeightTensorReader.Read(reader, reader.ReadEnd(end)));
                        break;
                    case (GraphInputs, WireType.Length):
                        inputs.Add(TensorSignatureReader.Read(reader, reader.ReadEnd(end)));
                        break;
                    case (GraphOutputs, WireType.Length):
                        outputs.Add(TensorSignatureReader.Read(reader, reader.ReadEnd(end)));
                        break;
                    default:
                        reader.Skip(type, end);
                        break;
                }
            }
        }
    }
}
