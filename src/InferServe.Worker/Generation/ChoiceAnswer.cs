using InferServe.Contracts.Generation;
using InferServe.Contracts.Tools;
using InferServe.Engine.Requests;

namespace InferServe.Worker.Generation;

/// <summary>One complete answer.</summary>
internal sealed record ChoiceAnswer
{
    public required string Text { get; init; }

    /// <summary>What the model wrote before its answer, empty when it does not reason.</summary>
    public required string Reasoning { get; init; }

    public required IReadOnlyList<ToolCall> ToolCalls { get; init; }

    /// <summary>One of <see cref="FinishReasons"/>.</summary>
    public required string FinishReason { get; init; }

    /// <summary>The answer's tokens, when the request wants to see them; else empty.</summary>
    public required IReadOnlyList<TokenOutput> Tokens { get; init; }

    /// <summary>The log-probabilities of the prompt's tokens, when the request wants them.</summary>
    public IReadOnlyList<TokenLogprobs?>? PromptLogprobs { get; init; }
}
