using System.Diagnostics.CodeAnalysis;

namespace InferServe.Engine.Sampling;

/// <summary>The chosen token, or why there is none.</summary>
internal readonly record struct SampleResult(int Token, string? Error)
{
    [MemberNotNullWhen(true, nameof(Error))]
    public bool Failed => Error is not null;
}
