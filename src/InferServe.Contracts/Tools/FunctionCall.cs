namespace InferServe.Contracts.Tools;

/// <summary>A call of a function; in a streamed delta either member may be absent.</summary>
public sealed record FunctionCall
{
    public string? Name { get; init; }

    /// <summary>The arguments, a JSON object written as text.</summary>
    public string? Arguments { get; init; }
}
