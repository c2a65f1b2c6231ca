namespace InferServe.OnnxRuntime.Graph;

/// <summary>One operator of a graph.</summary>
/// <param name="Name">The node's name; may be empty.</param>
/// <param name="OpType">The operator.</param>
internal sealed record GraphNode(string Name, string OpType)
{
    /// <summary>The product with a quantised matrix.</summary>
    public const string QuantizedProduct = "MatMulNBits";

    private static readonly IReadOnlyDictionary<string, long> NoAttributes = new Dictionary<string, long>();

    /// <summary>The attributes of an attention node or a quantised product that are whole numbers; none for other nodes.</summary>
    public IReadOnlyDictionary<string, long> Attributes { get; init; } = NoAttributes;
}
