namespace InferServe.Worker.Tools;

/// <summary>What <see cref="ToolCallParser"/> finds in a text.</summary>
internal abstract record ToolCallPiece
{
    /// <summary>Text outside of calls.</summary>
    public sealed record Text(string Value) : ToolCallPiece;

    /// <summary>A complete call.</summary>
    /// <param name="Name">The function.</param>
    /// <param name="Arguments">The arguments, a JSON object as the model wrote it.</param>
    public sealed record Call(string Name, string Arguments) : ToolCallPiece;
}
