using InferServe.Engine.Requests;

namespace InferServe.Engine.Scheduling;

/// <summary>The parallel samples of one request: they share the prompt, so it is prefilled once and its row copied. Engine thread only.</summary>
internal sealed class SampleGroup
{
    private readonly TokenLogprobs?[]? _promptLogprobs;
    private int _measured;

    /// <param name="request">The request that all samples answer.</param>
    public SampleGroup(GenerationRequest request) =>
        _promptLogprobs = request.PromptLogprobs is null ? null : new TokenLogprobs?[request.PromptTokens.Length];

    /// <summary>The samples; set once.</summary>
    public IReadOnlyList<Sequence> Samples { get; set; } = [];

    /// <summary>Whether prompt logprobs are wanted and some are missing.</summary>
    public bool MissesPromptLogprobs => _promptLogprobs is not null && _measured < _promptLogprobs.Length - 1;

    /// <summary>The prompt's log-probabilities, shape [prompt tokens]; the first token has none. Null when not wanted.</summary>
    public IReadOnlyList<TokenLogprobs?>? PromptLogprobs => _promptLogprobs;

    /// <summary>A running sample, other than <paramref name="sequence"/>, whose row holds the whole prompt.</summary>
    public Sequence? WithPrompt(Sequence sequence) => Samples.FirstOrDefault(
        s => s != sequence && s.Slot is { } slot && slot.Length >= s.Request.PromptTokens.Length);

    /// <summary>Whether another sample is prefilling the prompt, so that waiting for it saves doing it again.</summary>
    public bool IsPrefilling(Sequence sequence) =>
        Samples.Count > 1 && Samples.Any(s => s != sequence && s.Slot is { } slot && slot.Length < s.Request.PromptTokens.Length);

    /// <summary>Records the log-probabilities of one prompt token; each is counted once.</summary>
    public void SetPromptLogprobs(int position, TokenLogprobs logprobs)
    {
        _measured += _promptLogprobs![position] is null ? 1 : 0;
        _promptLogprobs[position] = logprobs;
    }
}
