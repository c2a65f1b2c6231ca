using System.Numerics.Tensors;
using InferServe.Engine.Requests;

namespace InferServe.UnitTests.Engine.Sampling;

/// <summary>The definition of sampling, written down plainly: sort everything, cut, walk the cumulative sum.</summary>
internal static class ReferenceSampler
{
    public static int Sample(ReadOnlySpan<float> logits, SamplingParameters sampling, double unit)
    {
        int[] ids = [.. Enumerable.Range(0, logits.Length)];
        float[] values = logits.ToArray();
        float highest = values.Max();
        if (sampling.Temperature == 0)
        {
            return Array.IndexOf(values, highest);
        }

        float[] scaled = [.. values.Select(v => (v - highest) / sampling.Temperature)];
        float[] weights = new float[scaled.Length];
        TensorPrimitives.Exp<float>(scaled, weights);

        IEnumerable<int> kept = ids.OrderByDescending(i => scaled[i]).ThenBy(i => i);
        if (sampling.TopK > 0)
        {
            kept = kept.Take(sampling.TopK);
        }

        int[] byWeight = [.. kept.OrderByDescending(i => weights[i]).ThenBy(i => i)];
        if (sampling.TopP < 1)
        {
            double mass = sampling.TopP * byWeight.Sum(i => (double)weights[i]);
            double reached = 0;
            byWeight = [.. byWeight.TakeWhile(i => (reached += weights[i]) - weights[i] < mass)];
        }

        int[] survivors = [.. byWeight.Where(i => weights[i] >= sampling.MinP).Order()];
        double target = unit * survivors.Sum(i => (double)weights[i]);
        double cumulative = 0;
        return survivors.First(i => (cumulative += weights[i]) > target);
    }
}
