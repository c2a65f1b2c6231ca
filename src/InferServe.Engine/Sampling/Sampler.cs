using System.Numerics.Tensors;
using InferServe.Engine.Requests;

namespace InferServe.Engine.Sampling;

/// <summary>
/// Chooses a token from one row of logits: temperature, then top-k, top-p over what top-k keeps, min-p, then a draw by the inverted
/// cumulative probability in the order of token ids. Holds scratch memory for one vocabulary and allocates nothing per token;
/// engine thread only.
/// </summary>
internal sealed class Sampler(int vocabularySize)
{
    // The candidates: token ids, ascending, and their weights (probability relative to the most likely token).
    private readonly int[] _tokens = new int[vocabularySize];
    private readonly float[] _weights = new float[vocabularySize];
    private readonly int[] _order = new int[vocabularySize];

    /// <summary>Scratch memory of one vocabulary, free between choices.</summary>
    public Span<float> Scratch => _weights;

    /// <summary>Chooses a token.</summary>
    /// <param name="logits">Shape [vocabulary]; overwritten. −∞ marks a token that cannot be chosen.</param>
    /// <param name="sampling">How to choose.</param>
    /// <param name="unit">The random number of this choice, in [0, 1); see <see cref="CounterRandom.Unit"/>.</param>
    /// <returns>The token, or an error when the logits hold NaN or +∞, or only −∞.</returns>
    public SampleResult Sample(Span<float> logits, SamplingParameters sampling, double unit)
    {
        // IndexOfMax gives the first NaN when there is one.
        int best = TensorPrimitives.IndexOfMax<float>(logits);
        float highest = logits[best];
        if (!float.IsFinite(highest))
        {
            return new SampleResult(0, $"The model's highest logit must be finite; it is {highest} (token {best}).");
        }

        if (sampling.Temperature == 0)
        {
            return new SampleResult(best, Error: null);
        }

        TensorPrimitives.Subtract(logits, highest, logits);
        if (sampling.Temperature != 1)
        {
            TensorPrimitives.Divide(logits, sampling.Temperature, logits);
        }

        int token = sampling switch
        {
            { TopK: > 0 } when sampling.TopK < logits.Length => DrawFromTopK(logits, sampling, unit),
            { TopP: 1, MinP: 0 } => DrawFromAll(logits, unit),
            _ => DrawFromLikely(logits, sampling, unit),
        };
        return new SampleResult(token, Error: null);
    }

    private static int DrawFromAll(Span<float> logits, double unit)
    {
        TensorPrimitives.Exp(logits, logits);
        return WeightedDraw.Pick(logits, unit);
    }

    private int DrawFromTopK(ReadOnlySpan<float> logits, SamplingParameters sampling, double unit)
    {
        int count = sampling.TopK;
        Span<float> weights = _weights.AsSpan(0, count);
        TopKSelection.Select(logits, _tokens.AsSpan(0, count), weights);
        TensorPrimitives.Exp(weights, weights);
        return Draw(count, WeightedDraw.Total(weights), sampling, unit);
    }

    private int DrawFromLikely(Span<float> logits, SamplingParameters sampling, double unit)
    {
        TensorPrimitives.Exp(logits, logits);
        double total = WeightedDraw.Total(logits);

        // n tokens below a share of (1 − p) / n each have less than 1 − p together, so the top-p set never reaches down to them;
        // it and the min-p set both are heads of the same order, so the shorter one decides.
        double leastForTopP = sampling.TopP < 1 ? total * (1.0 - sampling.TopP) / logits.Length : 0;
        int count = CandidateSelection.AtLeast(logits, Math.Max(leastForTopP, sampling.MinP), _tokens, _weights);
        return Draw(count, total, sampling, unit);
    }

    private int Draw(int count, double total, SamplingParameters sampling, double unit)
    {
        Span<float> weights = _weights.AsSpan(0, count);
        if (sampling.TopP < 1)
        {
            int last = NucleusSelection.LastKept(weights, _order.AsSpan(0, count), sampling.TopP * total);
            float least = weights[last];
            for (int i = 0; i < count; i++)
            {
                if (weights[i] < least || (weights[i] == least && i > last))
                {
                    weights[i] = 0;
                }
            }
        }

        if (sampling.MinP > 0)
        {
            foreach (ref float weight in weights)
            {
                weight = weight < sampling.MinP ? 0 : weight;
            }
        }

        return _tokens[WeightedDraw.Pick(weights, unit)];
    }
}
