using System.Diagnostics;
using InferServe.Engine.Model;

namespace InferServe.Benchmarks;

/// <summary>Decode steps of the model alone: no scheduler, sampler, channel or reader.</summary>
internal sealed class BareSteps
{
    private readonly IModelRunner _runner;
    private readonly IReadOnlyList<int[]> _prompts;

    /// <param name="runner">The model.</param>
    /// <param name="prompts">One prompt for each row; they are computed here.</param>
    public BareSteps(IModelRunner runner, IReadOnlyList<int[]> prompts)
    {
        (_runner, _prompts) = (runner, prompts);
        for (int row = 0; row < prompts.Count; row++)
        {
            for (int start = 0; start < prompts[row].Length; start += 256)
            {
                int[] part = prompts[row][start..Math.Min(start + 256, prompts[row].Length)];
                runner.Run(new StepPlan([], [new PrefillChunk(row, start, part, Logits: 0)]));
            }
        }
    }

    /// <summary>Median time of a step; each call starts behind the prompts again.</summary>
    /// <param name="tokens">Steps to run.</param>
    public TimeSpan MedianDecode(int tokens)
    {
        var times = new List<TimeSpan>();
        int[] next = new int[_prompts.Count];
        for (int step = 0; step < tokens; step++)
        {
            int[] positions = [.. _prompts.Select(prompt => prompt.Length + step)];
            long started = Stopwatch.GetTimestamp();
            _runner.Run(new StepPlan([new DecodeBatch(0, next, positions)], []));
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
