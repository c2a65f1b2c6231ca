namespace InferServe.OnnxRuntime.Rewriting;

/// <summary>A field of the graph and where its bytes are in the file.</summary>
/// <param name="Field">Field number in <c>GraphProto</c>.</param>
/// <param name="Start">First byte, that of the tag.</param>
/// <param name="ValueStart">First byte of the value.</param>
/// <param name="End">The byte behind the last.</param>
internal sealed record GraphPart(int Field, long Start, long ValueStart, long End)
{
    /// <summary>Name of a node, initializer or output; empty for other fields.</summary>
    public string Name { get; init; } = "";

    /// <summary>Operator of a node; empty for other fields.</summary>
    public string OpType { get; init; } = "";

    /// <summary>Inputs of a node.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Outputs of a node.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];
}
