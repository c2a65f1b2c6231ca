namespace InferServe.Contracts.Generation;

/// <summary>Values of <c>finish_reason</c>.</summary>
public static class FinishReasons
{
    /// <summary>The model ended its answer, or wrote a stop string.</summary>
    public const string Stop = "stop";

    /// <summary>The token limit or the context is used up.</summary>
    public const string Length = "length";

    /// <summary>The model calls tools.</summary>
    public const string ToolCalls = "tool_calls";
}
