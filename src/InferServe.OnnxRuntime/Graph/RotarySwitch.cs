namespace InferServe.OnnxRuntime.Graph;

/// <summary>
/// A choice between rotary caches that a graph makes for all rows of a run at once, when the longest of them has more than some number of tokens
/// (LongRoPE, arXiv 2402.13753, as ONNX Runtime GenAI's exports write it: mask → width → Greater → If → caches). A row would then be
/// rotated by how long its neighbours are.
/// </summary>
/// <param name="Node">Name of the node that chooses.</param>
/// <param name="Length">The most tokens up to which the choice is always the same; null where that cannot be told.</param>
internal sealed record RotarySwitch(string Node, long? Length)
{
    private static readonly string[] Rotating = ["GroupQueryAttention", "RotaryEmbedding"];

    /// <summary>The switch of a graph; null where it has none.</summary>
    public static RotarySwitch? Find(GraphOutline graph)
    {
        var producers = new Dictionary<string, GraphNode>();
        foreach (var node in graph.Nodes)
        {
            foreach (string output in node.Outputs)
            {
                producers.TryAdd(output, node);
            }
        }

        var choice = graph.Nodes.Where(node => Rotating.Contains(node.OpType)).SelectMany(node => node.Inputs)
            .Select(input => producers.GetValueOrDefault(input)).FirstOrDefault(node => node?.OpType == "If");
        return choice is null ? null : new RotarySwitch(choice.Name, LengthOf(choice, producers, graph));
    }

    /// <summary>The most tokens with which rows can be served.</summary>
    public int Limit(int contextLength) => (int)Math.Min(contextLength, Length ?? contextLength);

    /// <summary>Why rows of this length cannot be served.</summary>
    public IReadOnlyList<string> Problems(int contextLength) => Length switch
    {
        null => [$"the node '{Node}' chooses rotary caches for all rows of a run at once, at a length that the graph does not tell plainly"],
        { } length when contextLength > length =>
        [
            $"the node '{Node}' takes other rotary caches for every row of a run once the longest has more than {length} tokens, "
                + $"so that rows would change each other: limit the context length to {length}, it is {contextLength}",
        ],
        _ => [],
    };

    private static long? LengthOf(GraphNode choice, Dictionary<string, GraphNode> producers, GraphOutline graph)
    {
        if (choice.Inputs is not [var condition]
            || producers.GetValueOrDefault(condition) is not { OpType: "Greater", Inputs: [_, var limit] })
        {
            return null;
        }

        return graph.Weights.FirstOrDefault(weight => weight.Name == limit)?.Integer ?? producers.GetValueOrDefault(limit)?.Constant;
    }
}
