using System.Collections.Frozen;
using InferServe.Engine;
using InferServe.Engine.Requests;
using InferServe.IntegrationTests.Gateway;
using InferServe.OnnxRuntime;
using InferServe.OnnxRuntime.Devices;

namespace InferServe.IntegrationTests.Engine;

/// <summary>The embedded model for tests of the engine: random token ids do, since nothing here depends on what it says.</summary>
internal static class NanoModel
{
    public static readonly string Path = System.IO.Path.Combine(Programs.Root, "models", "inferserve-nano");

    public static OnnxModelRunner Load(int rows, int? contextLength = null) => OnnxModelRunner.Load(
        ModelFolder.Open(Path), new OnnxRunnerOptions { Rows = rows, ContextLength = contextLength, Threads = 1 });

    /// <summary>A small runner on a device.</summary>
    public static OnnxModelRunner Load(DeviceOptions device) => OnnxModelRunner.Load(
        ModelFolder.Open(Path), new OnnxRunnerOptions { Rows = 2, ContextLength = 32, Threads = 1, Device = device });

    /// <summary>The only reason why the model cannot be loaded on a device.</summary>
    public static string RefusalOn(DeviceOptions device) => Assert.Single(Assert.Throws<ModelLoadException>(() => Load(device)).Reasons);

    /// <summary>Token ids below the vocabulary's size.</summary>
    public static int[] Tokens(Random random, int count, int vocabularySize) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabularySize))];

    public static GenerationRequest Request(int[] prompt, int maxTokens, ulong? seed = null, float temperature = 1) => new()
    {
        Id = $"request of {prompt.Length} tokens",
        PromptTokens = prompt,
        Sampling = new SamplingParameters { Temperature = temperature, Seed = seed },
        MaxTokens = maxTokens,
        StopTokens = FrozenSet<int>.Empty,
        TopLogprobs = 1,
    };

    public static void RunUntilIdle(this InferenceEngine engine)
    {
        while (engine.Step())
        {
        }
    }

    /// <summary>A finished output.</summary>
    public static List<TokenOutput> Collect(this IAsyncEnumerable<TokenOutput> output)
    {
        Task<List<TokenOutput>> read = output.ToListAsync().AsTask();
        Assert.True(read.IsCompleted, "the output has not ended");
        return read.GetAwaiter().GetResult();
    }

    /// <summary>Tokens, their log-probabilities and those of the likeliest tokens, bit for bit.</summary>
    public static void AssertSame(List<TokenOutput> expected, List<TokenOutput> got)
    {
        Assert.Null(got[^1].Error);
        Assert.Equal(expected.Select(o => (o.Token, o.FinishReason, o.Error)), got.Select(o => (o.Token, o.FinishReason, o.Error)));
        Assert.Equal(expected.Select(BitsOf), got.Select(BitsOf));
    }

    private static string BitsOf(TokenOutput output) => output.Logprobs is { } logprobs
        ? string.Join(", ", logprobs.Top.Prepend(new(logprobs.Token, logprobs.Logprob)).Select(l => $"{l.Key}: {BitConverter.SingleToInt32Bits(l.Value):x8}"))
        : "none";
}
