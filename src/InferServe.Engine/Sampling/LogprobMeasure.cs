using System.Numerics.Tensors;
using InferServe.Engine.Requests;

namespace InferServe.Engine.Sampling;

/// <summary>Log-probabilities of the model's own distribution. Holds scratch memory for one vocabulary; engine thread only.</summary>
internal sealed class LogprobMeasure(int vocabularySize)
{
    private readonly float[] _exponentials = new float[vocabularySize];
    private readonly int[] _topTokens = new int[vocabularySize];
    private readonly float[] _topLogits = new float[vocabularySize];

    /// <summary>Measures a token and the likeliest ones.</summary>
    /// <param name="logits">Shape [vocabulary]; the largest is finite, none is NaN.</param>
    /// <param name="token">The token.</param>
    /// <param name="top">How many of the likeliest to give.</param>
    public TokenLogprobs Measure(ReadOnlySpan<float> logits, int token, int top)
    {
        float highest = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, highest, _exponentials);
        TensorPrimitives.Exp<float>(_exponentials, _exponentials);
        double normalizer = highest + Math.Log(WeightedDraw.Total(_exponentials));
        return new TokenLogprobs(token, Logprob(logits[token], normalizer), Rank(logits, token), Top(logits, normalizer, top));
    }

    private KeyValuePair<int, float>[] Top(ReadOnlySpan<float> logits, double normalizer, int top)
    {
        int count = Math.Min(top, logits.Length);
        if (count == 0)
        {
            return [];
        }

        Span<int> tokens = _topTokens.AsSpan(0, count);
        Span<float> values = _topLogits.AsSpan(0, count);
        TopKSelection.Select(logits, tokens, values);
        var likeliest = new KeyValuePair<int, float>[count];
        for (int i = 0; i < count; i++)
        {
            // Insertion keeps falling order; of equal values the lower id, which comes first, stays first.
            int place = i;
            while (place > 0 && likeliest[place - 1].Value < values[i])
            {
                likeliest[place] = likeliest[place - 1];
                place--;
            }

            likeliest[place] = new(tokens[i], values[i]);
        }

        for (int i = 0; i < count; i++)
        {
            likeliest[i] = new(likeliest[i].Key, Logprob(likeliest[i].Value, normalizer));
        }

        return likeliest;
    }

    private static int Rank(ReadOnlySpan<float> logits, int token)
    {
        float own = logits[token];
        int rank = 1;
        for (int i = 0; i < logits.Length; i++)
        {
            rank += logits[i] > own || (logits[i] == own && i < token) ? 1 : 0;
        }

        return rank;
    }

    private static float Logprob(float logit, double normalizer) => (float)(logit - normalizer);
}
