using InferServe.Contracts.Generation;
using InferServe.Contracts.Tools;

namespace InferServe.Worker.Generation;

/// <summary>A complete answer: all pieces of a stream folded into one.</summary>
internal sealed record Answer
{
    public required string Text { get; init; }

    public required IReadOnlyList<ToolCall> ToolCalls { get; init; }

    /// <summary>One of <see cref="FinishReasons"/>.</summary>
    public required string FinishReason { get; init; }

    public required Usage Usage { get; init; }
}
