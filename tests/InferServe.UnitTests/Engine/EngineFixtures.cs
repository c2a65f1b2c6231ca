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
    public static List<TokenOutput> Isolated(GenerationRequest request, ScriptedRunner model, int sampleIndex = 0)
    {
        var sampler = new Sampler(model.VocabularySize);
        List<int> tokens = [.. request.PromptTokens.Span];
        var outputs = new List<TokenOutput>();
        while (true)
        {
            double unit = CounterRandom.Unit(request.Sampling.Seed ?? 0, sampleIndex, tokens.Count);
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

    /// <summary>A finished output, as <see cref="Isolated"/> gives it: without what came from the prefix cache.</summary>
    public static List<TokenOutput> Collect(this IAsyncEnumerable<TokenOutput> output) => output.CollectAll().Plain();

    public static List<TokenOutput> CollectAll(this IAsyncEnumerable<TokenOutput> output)
    {
        Task<List<TokenOutput>> read = output.ToListAsync().AsTask();
        Assert.True(read.IsCompleted, "the output has not ended");
        return read.GetAwaiter().GetResult();
    }

    public static List<TokenOutput> Plain(this List<TokenOutput> output) => output.ConvertAll(o => o with { CachedPromptTokens = null });

    /// <summary>The rows that the plan's prefill chunks and decode batch use.</summary>
    public static IEnumerable<int> Rows(this StepPlan plan) =>
        plan.Decode.SelectMany(b => Enumerable.Range(b.FirstRow, b.Logits)).Concat(plan.Prefill.Select(c => c.Row));

    /// <summary>How many rows decode in the plan.</summary>
    public static int DecodeRows(this StepPlan plan) => plan.Decode.Sum(b => b.Logits);
}
