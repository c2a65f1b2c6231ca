using InferServe.Contracts.Generation;
using InferServe.Contracts.Tools;

namespace InferServe.Worker.Generation;

/// <summary>One item of an answer on its way to the client; the last one is <see cref="End"/>.</summary>
internal abstract record AnswerPiece
{
    /// <summary>More text; may be empty when a token adds none yet.</summary>
    public sealed record Text(string Value) : AnswerPiece;

    /// <summary>A complete tool call, the answer's <paramref name="Index"/>th from 0.</summary>
    public sealed record Call(int Index, ToolCall Value) : AnswerPiece;

    /// <summary>The end.</summary>
    /// <param name="FinishReason">One of <see cref="FinishReasons"/>.</param>
    /// <param name="Usage">The tokens that the request took.</param>
    public sealed record End(string FinishReason, Usage Usage) : AnswerPiece;
}
