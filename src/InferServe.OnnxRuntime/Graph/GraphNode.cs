namespace InferServe.OnnxRuntime.Graph;

/// <summary>One operator of a graph.</summary>
/// <param name="Name">The node's name; may be empty.</param>
/// <param name="OpType">The operator.</param>
internal sealed record GraphNode(string Name, string OpType);
