using System.Collections.Frozen;
using InferServe.Engine;
using InferServe.Engine.Model;
using InferServe.Engine.Requests;
using InferServe.Engine.Sampling;
using InferServe.Engine.Scheduling;

namespace InferServe.UnitTests.Engine;

internal static class EngineFixtures
{
    public static readonly SamplingParameters Greedy = new() { Temperature = 0 };

    public static GenerationRequest Request(
        int promptTokens = 4, int maxTokens = 8, int first = 1, SamplingParameters? sampling = null, params int[] stopTokens) => new()
        {
            Id = $"r{first}",
            PromptTokens = Enumerable.Range(first, promptTokens).ToArray(),
            Sampling = sampling ?? Greedy,
            MaxTokens = maxTokens,
            StopTokens = stopTokens.ToFrozenSet(),
        };

    /// <summary>What the request must produce, computed without an engine.</summary>
    public static List<TokenOutput> Isolated(GenerationRequest request, ScriptedRunner model)
    {
        var sampler = new Sampler(model.VocabularySize);
        List<int> tokens = [.. request.PromptTokens.Span];
        var outputs = new List<TokenOutput>();
        while (true)
        {
            double unit = CounterRandom.Unit(request.Sampling.Seed ?? 0, 0, tokens.Count);
            int token = sampler.Sample(model.LogitsOf(tokens), request.Sampling, unit).Token;
            tokens.Add(token);
            FinishReason? reason = SchedulingPolicy.ReasonToFinish(
                token, request.StopTokens, outputs.Count + 1, request.MaxTokens, tokens.Count, model.ContextLength);
            outputs.Add(new TokenOutput { Token = token, FinishReason = reason });
            if (reason is not null)
            {
                return outputs;
            }
        }
    }

    public static void RunUntilIdle(this InferenceEngine engine)
    {
        for (int step = 0; engine.Step(); step++)
        {
            Assert.True(step < 100_000, "the engine does not come to rest");
        }
    }

    public static List<TokenOutput> Collect(this IAsyncEnumerable<TokenOutput> output)
    {
        Task<List<TokenOutput>> read = output.ToListAsync().AsTask();
        Assert.True(read.IsCompleted, "the output has not ended");
        return read.GetAwaiter().GetResult();
    }

    /// <summary>The rows that the plan's prefill chunks and decode batch use.</summary>
    public static IEnumerable<int> Rows(this StepPlan plan) =>
        Enumerable.Range(plan.Decode?.FirstRow ?? 0, plan.Decode?.Count ?? 0).Concat(plan.Prefill.Select(c => c.Row));
}
