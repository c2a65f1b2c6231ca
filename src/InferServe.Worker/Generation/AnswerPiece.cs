using InferServe.Contracts.Generation;
using InferServe.Contracts.Tools;
using InferServe.Engine.Requests;

namespace InferServe.Worker.Generation;

/// <summary>One item of an answer on its way to the client; the last one is <see cref="End"/>.</summary>
internal abstract record AnswerPiece
{
    /// <summary>The tokens whose text is out with this piece, when the request wants to see tokens; else empty.</summary>
    public IReadOnlyList<TokenOutput> Tokens { get; init; } = [];

    /// <summary>More text; may be empty when a token adds none yet.</summary>
    public sealed record Text(string Value) : AnswerPiece;

    /// <summary>More of what the model writes before its answer.</summary>
    public sealed record Reasoning(string Value) : AnswerPiece;

    /// <summary>A complete tool call, the answer's <paramref name="Index"/>th from 0.</summary>
    public sealed record Call(int Index, ToolCall Value) : AnswerPiece;

    /// <summary>The end.</summary>
    /// <param name="FinishReason">One of <see cref="FinishReasons"/>.</param>
    public sealed record End(string FinishReason) : AnswerPiece;
}
