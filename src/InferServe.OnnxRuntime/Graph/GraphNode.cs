namespace InferServe.OnnxRuntime.Graph;

/// <summary>One operator of a graph.</summary>
/// <param name="Name">The node's name; may be empty.</param>
/// <param name="OpType">The operator.</param>
internal sealed record GraphNode(string Name, string OpType)
{
    /// <summary>The product with a quantised matrix.</summary>
    public const string QuantizedProduct = "MatMulNBits";

    private static readonly IReadOnlyDictionary<string, long> NoAttributes = new Dictionary<string, long>();

    /// <summary>Names of its inputs; empty where one is left out.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Names of its outputs.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The value of a constant that is one whole number.</summary>
    public long? Constant { get; init; }

    /// <summary>The attributes of an attention node or a quantised product that are whole numbers; none for other nodes.</summary>
    public IReadOnlyDictionary<string, long> Attributes { get; init; } = NoAttributes;
}
