using System.Numerics.Tensors;
using InferServe.Engine.Model;

namespace InferServe.IntegrationTests.OnnxRuntime;

/// <summary>Steps of a runner in the tests' terms.</summary>
internal static class RunnerSteps
{
    /// <summary>Runs one chunk and returns its last token's logits.</summary>
    public static float[] Prefill(this IModelRunner runner, int row, int position, params int[] tokens)
    {
        var logits = runner.Run(new StepPlan([], [new PrefillChunk(row, position, tokens, Logits: 1)]));
        Assert.Equal(1, logits.Count);
        return logits[0].ToArray();
    }

    /// <summary>Runs one token for each of adjacent rows and returns each row's logits.</summary>
    public static float[][] Decode(this IModelRunner runner, int firstRow, int[] tokens, int[] positions)
    {
        var logits = runner.Run(new StepPlan([new DecodeBatch(firstRow, tokens, positions)], []));
        Assert.Equal(tokens.Length, logits.Count);
        float[][] rows = new float[logits.Count][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = logits[i].ToArray();
        }

        return rows;
    }

    public static int Best(float[] logits) => TensorPrimitives.IndexOfMax<float>(logits);

    public static void AssertClose(float[] expected, ReadOnlySpan<float> got, float tolerance)
    {
        Assert.Equal(expected.Length, got.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(got[i], expected[i] - tolerance, expected[i] + tolerance);
        }
    }
}
