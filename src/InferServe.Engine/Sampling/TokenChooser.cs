using System.Numerics.Tensors;
using InferServe.Engine.Requests;

namespace InferServe.Engine.Sampling;

/// <summary>
/// Chooses the next token of a sequence: grammar mask, stop tokens that come too early, logit bias, penalties, then the <see cref="Sampler"/>.
/// Log-probabilities are measured before any of this. Holds scratch memory for one vocabulary; engine thread only.
/// </summary>
internal sealed class TokenChooser(int vocabularySize)
{
    private readonly Sampler _sampler = new(vocabularySize);
    private readonly LogprobMeasure _measure = new(vocabularySize);
    private readonly float[] _scratch = new float[vocabularySize];

    /// <summary>Chooses a token and moves the sequence's state on.</summary>
    /// <param name="logits">Shape [vocabulary]; overwritten.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="state">The sequence's state.</param>
    /// <param name="generated">Number of tokens generated so far.</param>
    /// <param name="unit">The random number of this choice; see <see cref="CounterRandom.Unit"/>.</param>
    public TokenChoice Choose(Span<float> logits, GenerationRequest request, SamplingState state, int generated, double unit)
    {
        // 1. The model's own distribution, while it is whole.
        if (request.TopLogprobs is not null)
        {
            logits.CopyTo(_scratch);
        }

        // 2. What the request excludes and changes.
        if ((state.Error ?? Adjust(logits, request, state, generated)) is { } error)
        {
            return TokenChoice.Failure(error);
        }

        // 3. The draw.
        SampleResult result = _sampler.Sample(logits, request.Sampling, unit);
        if (result.Failed)
        {
            return TokenChoice.Failure(result.Error);
        }

        state.Accept(result.Token);
        if (request.TopLogprobs is not { } top)
        {
            return new TokenChoice(result.Token, null, state.Grammar?.Error);
        }

        return NotFinite(_scratch) is { } notFinite
            ? TokenChoice.Failure(notFinite)
            : new TokenChoice(result.Token, _measure.Measure(_scratch, result.Token, top), state.Grammar?.Error);
    }

    /// <summary>The log-probabilities of a token that is given, like those of a prompt; an error when the logits are not finite.</summary>
    public TokenChoice Measure(ReadOnlySpan<float> logits, int token, int top) => NotFinite(logits) is { } error
        ? TokenChoice.Failure(error)
        : new TokenChoice(token, _measure.Measure(logits, token, top), null);

    private string? Adjust(Span<float> logits, GenerationRequest request, SamplingState state, int generated)
    {
        if (state.Grammar is { } grammar)
        {
            ReadOnlySpan<ulong> mask = grammar.Wait();
            if (grammar.Error is { } error)
            {
                return error;
            }

            if (!mask.IsEmpty)
            {
                LogitAdjustments.Mask(logits, mask);
            }
        }

        ReadOnlySpan<int> stops = state.ForbiddenStops(generated);
        if (!stops.IsEmpty)
        {
            LogitAdjustments.ExcludeStops(logits, stops, _sampler.Scratch);
        }

        LogitAdjustments.Bias(logits, request.Sampling.LogitBias);
        if (state.Occurrences is { } occurrences)
        {
            LogitAdjustments.Penalize(logits, occurrences, request.Sampling);
        }

        return null;
    }

    private static string? NotFinite(ReadOnlySpan<float> logits)
    {
        int best = TensorPrimitives.IndexOfMax(logits);
        return float.IsFinite(logits[best]) ? null : $"The model's highest logit must be finite; it is {logits[best]} (token {best}).";
    }
}
