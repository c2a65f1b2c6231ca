using System.Diagnostics;
using InferServe.Engine.Model;

namespace InferServe.Benchmarks;

/// <summary>Decode steps of the model alone: no scheduler, sampler, channel or reader.</summary>
internal static class BareSteps
{
    /// <summary>Median time of a step.</summary>
    /// <param name="runner">The model.</param>
    /// <param name="prompts">One prompt for each row.</param>
    /// <param name="tokens">Steps to run.</param>
    public static TimeSpan MedianDecode(IModelRunner runner, IReadOnlyList<int[]> prompts, int tokens)
    {
        for (int row = 0; row < prompts.Count; row++)
        {
            for (int start = 0; start < prompts[row].Length; start += 256)
            {
                int[] part = prompts[row][start..Math.Min(start + 256, prompts[row].Length)];
                runner.Run(new StepPlan([], [new PrefillChunk(row, start, part, Logits: 0)]));
            }
        }

        var times = new List<TimeSpan>();
        int[] next = new int[prompts.Count];
        for (int step = 0; step < tokens; step++)
        {
            int[] positions = [.. prompts.Select(prompt => prompt.Length + step)];
            long started = Stopwatch.GetTimestamp();
            runner.Run(new StepPlan([new DecodeBatch(0, next, positions)], []));
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
