using System.Diagnostics.CodeAnalysis;
using InferServe.Engine.Requests;

namespace InferServe.Engine.Sampling;

/// <summary>The chosen token with its log-probabilities if they are wanted, or why there is none.</summary>
internal readonly record struct TokenChoice(int Token, TokenLogprobs? Logprobs, string? Error)
{
    [MemberNotNullWhen(true, nameof(Error))]
    public bool Failed => Error is not null;

    public static TokenChoice Failure(string error) => new(0, null, error);
}
