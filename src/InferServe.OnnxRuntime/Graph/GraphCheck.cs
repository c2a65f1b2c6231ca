using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace InferServe.OnnxRuntime.Graph;

/// <summary>Tells why a graph cannot be run over rows of KV memory; every reason names the node, input or output.</summary>
internal static class GraphCheck
{
    private const string Attention = "GroupQueryAttention";
    private const string LocalWindow = "local_window_size";

    /// <summary>Every layer must attend by the operator that reads and writes one buffer in place, row by row.</summary>
    /// <param name="nodes">The graph's nodes.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="configFile">The file that says so.</param>
    public static IReadOnlyList<string> NodeProblems(IReadOnlyList<GraphNode> nodes, int layers, string configFile)
    {
        int count = nodes.Count(node => node.OpType == Attention);
        if (count == layers)
        {
            return [];
        }

        if (count > 0)
        {
            return [$"the graph has {count} {Attention} nodes, but {configFile} says {layers} layers"];
        }

        var other = nodes.FirstOrDefault(node => node.OpType.Contains("Attention", StringComparison.Ordinal))
            ?? nodes.FirstOrDefault(node => node.OpType == "Softmax");
        string found = other is null ? "" : $"; its node '{other.Name}' is of type {other.OpType}";
        return [$"the graph has no {Attention} node, whose keys and values can stay in place{found}"];
    }

    /// <summary>
    /// A cache that slides forgets positions. All are kept here, so every attention node has to look no further back by itself, or no sequence may
    /// grow beyond the window.
    /// </summary>
    public static IReadOnlyList<string> SlidingWindowProblems(IReadOnlyList<GraphNode> nodes, int? window, int contextLength, string configFile)
    {
        if (window is not { } size || contextLength <= size)
        {
            return [];
        }

        var other = nodes.FirstOrDefault(node =>
            node.OpType == Attention && !(node.Attributes.TryGetValue(LocalWindow, out long local) && local > 0 && local <= size));
        return other is null
            ? []
            : [$"{configFile} asks for keys and values that slide over a window of {size} tokens, but the node '{other.Name}' attends to all "
                + $"{contextLength} tokens of the context: limit the context length to {size}"];
    }

    /// <summary>Inputs and outputs must be those of the config, and no others that carry state.</summary>
    public static IReadOnlyList<string> SignatureProblems(GraphSignature graph, GenAiConfig config)
    {
        List<string> problems = [];
        var names = config.Names;
        HashSet<string> known = [];

        CheckInput(names.InputIds, TensorElementType.Int64, [-1, -1]);
        CheckInput(names.AttentionMask, TensorElementType.Int64, [-1, -1]);
        if (graph.Input(names.PositionIds) is not null)
        {
            CheckInput(names.PositionIds, TensorElementType.Int64, [-1, -1]);
        }

        CheckOutput(names.Logits, FloatOr(graph.Output(names.Logits)), [-1, -1, config.VocabularySize]);

        // The keys and values of all layers are buffers of one type.
        var stateType = FloatOr(graph.Input(GraphNames.OfLayer(names.PastKeys, 0)));
        int[] state = [-1, config.KeyValueHeads, -1, config.HeadSize];
        for (int layer = 0; layer < config.Layers; layer++)
        {
            CheckInput(GraphNames.OfLayer(names.PastKeys, layer), stateType, state);
            CheckInput(GraphNames.OfLayer(names.PastValues, layer), stateType, state);
            CheckOutput(GraphNames.OfLayer(names.PresentKeys, layer), stateType, state);
            CheckOutput(GraphNames.OfLayer(names.PresentValues, layer), stateType, state);
        }

        problems.AddRange(graph.Inputs.Where(input => !known.Contains(input.Name)).Select(input =>
            $"the graph's input '{input.Name}' is neither tokens, mask, positions nor a layer's keys or values"));
        return problems;

        void CheckInput(string name, TensorElementType type, int[] shape)
        {
            known.Add(name);
            Check("input", name, graph.Input(name), type, shape, problems);
        }

        void CheckOutput(string name, TensorElementType type, int[] shape)
        {
            Check("output", name, graph.Output(name), type, shape, problems);
        }
    }

    /// <summary>The tensor's own type where keys, values and logits may have it, else the one that is asked for.</summary>
    private static TensorElementType FloatOr(TensorSignature? tensor) =>
        tensor is not null && FloatTypes.Includes(tensor.Type) ? tensor.Type : TensorElementType.Float;

    private static void Check(
        string kind, string name, TensorSignature? tensor, TensorElementType type, int[] shape, List<string> problems)
    {
        if (tensor is null)
        {
            problems.Add($"the graph has no {kind} '{name}'");
            return;
        }

        if (tensor.Type != type)
        {
            problems.Add($"the graph's {kind} '{name}' must be of type {type}, it is {tensor.Type}");
        }

        bool fits = tensor.Dimensions.Count == shape.Length
            && tensor.Dimensions.Zip(shape).All(pair => pair.First < 0 || pair.Second < 0 || pair.First == pair.Second);
        if (!fits)
        {
            problems.Add($"the graph's {kind} '{name}' must have shape {Describe(shape)}, it has {Describe(tensor.Dimensions)}");
        }
    }

    private static string Describe(IReadOnlyList<int> shape)
    {
        return $"[{string.Join(", ", shape.Select(length => length < 0 ? "any" : $"{length}"))}]";
    }
}
