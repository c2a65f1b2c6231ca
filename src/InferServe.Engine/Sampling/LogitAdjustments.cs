using System.Numerics.Tensors;
using InferServe.Engine.Requests;

namespace InferServe.Engine.Sampling;

/// <summary>What a request changes in the logits before a token is drawn. −∞ marks a token that cannot be chosen.</summary>
internal static class LogitAdjustments
{
    private const int WordBits = 64;

    /// <summary>Excludes every token whose bit is not set.</summary>
    /// <param name="logits">Shape [vocabulary].</param>
    /// <param name="mask">Bit <c>t % 64</c> of word <c>t / 64</c> for token <c>t</c>.</param>
    public static void Mask(Span<float> logits, ReadOnlySpan<ulong> mask)
    {
        for (int start = 0; start < logits.Length; start += WordBits)
        {
            ulong allowed = mask[start / WordBits];
            Span<float> word = logits.Slice(start, Math.Min(WordBits, logits.Length - start));
            if (allowed == 0)
            {
                word.Fill(float.NegativeInfinity);
            }
            else if (allowed != ulong.MaxValue)
            {
                for (int bit = 0; bit < word.Length; bit++)
                {
                    word[bit] = (allowed >> bit & 1) == 0 ? float.NegativeInfinity : word[bit];
                }
            }
        }
    }

    /// <summary>
    /// Excludes tokens that would end the sequence too early, unless a grammar leaves no other.
    /// </summary>
    public static void ExcludeStops(Span<float> logits, ReadOnlySpan<int> stopTokens, Span<float> scratch)
    {
        for (int i = 0; i < stopTokens.Length; i++)
        {
            scratch[i] = logits[stopTokens[i]];
            logits[stopTokens[i]] = float.NegativeInfinity;
        }

        if (float.IsNegativeInfinity(TensorPrimitives.Max<float>(logits)))
        {
            for (int i = 0; i < stopTokens.Length; i++)
            {
                logits[stopTokens[i]] = scratch[i];
            }
        }
    }

    /// <summary>Adds the request's biases.</summary>
    public static void Bias(Span<float> logits, IReadOnlyList<KeyValuePair<int, float>> bias)
    {
        for (int i = 0; i < bias.Count; i++)
        {
            logits[bias[i].Key] += bias[i].Value;
        }
    }

    /// <summary>
    /// Makes tokens that occurred less likely: the repetition penalty (CTRL, Keskar et al., 2019) divides positive and multiplies negative
    /// logits of tokens of the prompt and the output; the presence and frequency penalties are subtracted, as OpenAI defines them, once and
    /// as often as the token occurs in the output.
    /// </summary>
    /// <param name="logits">Shape [vocabulary].</param>
    /// <param name="occurrences">How often each token occurs in the output; tokens of the prompt alone are there with 0.</param>
    /// <param name="sampling">The penalties.</param>
    public static void Penalize(Span<float> logits, Dictionary<int, int> occurrences, SamplingParameters sampling)
    {
        foreach ((int token, int count) in occurrences)
        {
            ref float logit = ref logits[token];
            logit = logit > 0 ? logit / sampling.RepetitionPenalty : logit * sampling.RepetitionPenalty;
            if (count > 0)
            {
                logit -= sampling.PresencePenalty + (sampling.FrequencyPenalty * count);
            }
        }
    }
}
