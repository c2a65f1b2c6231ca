namespace InferServe.Engine.Requests;

/// <summary>
/// One item of a generation's output stream. Every item but the last carries a token and no finish reason; the last one carries
/// the finish reason and, unless the sequence was cancelled or failed, the last token.
/// </summary>
public sealed record TokenOutput
{
    /// <summary>How <see cref="Error"/> begins when the request's own grammar is what failed.</summary>
    public const string GrammarFailed = "The grammar failed: ";

    /// <summary>The generated token id, or null on a last item without a token.</summary>
    public int? Token { get; init; }

    /// <summary>The token's log-probabilities, when the request wants them.</summary>
    public TokenLogprobs? Logprobs { get; init; }

    /// <summary>How many prompt tokens came from the prefix cache; on the first item only.</summary>
    public int? CachedPromptTokens { get; init; }

    /// <summary>
    /// The log-probabilities of the prompt's tokens, shape [prompt tokens], the first of which has none; on the first item only, when the request
    /// wants them.
    /// </summary>
    public IReadOnlyList<TokenLogprobs?>? PromptLogprobs { get; init; }

    /// <summary>Null until the sequence ends.</summary>
    public FinishReason? FinishReason { get; init; }

    /// <summary>
    /// What failed, when <see cref="FinishReason"/> is <see cref="Requests.FinishReason.Error"/>; why the engine gave up, when it is
    /// <see cref="Requests.FinishReason.Cancelled"/> without the caller's doing. Otherwise null.
    /// </summary>
    public string? Error { get; init; }
}
