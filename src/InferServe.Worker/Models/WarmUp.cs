using System.Collections.Frozen;
using InferServe.Engine;
using InferServe.Engine.Requests;

namespace InferServe.Worker.Models;

/// <summary>
/// Generates a few tokens before the first request does: prefill and decode have run once, so that kernels are chosen, memory is
/// touched and code is compiled, and a model that loads but does not run is found out.
/// </summary>
internal static class WarmUp
{
    /// <summary>No client's request can have this id: its characters are not accepted in one.</summary>
    public const string RequestId = "(warm-up)";

    private const int PromptTokens = 16;
    private const int GeneratedTokens = 4;

    /// <exception cref="WarmUpException">A run failed.</exception>
    public static async Task RunAsync(InferenceEngine engine, int contextLength, int vocabularySize, CancellationToken cancellationToken)
    {
        var request = new GenerationRequest
        {
            Id = RequestId,
            PromptTokens = Enumerable.Range(0, Math.Min(PromptTokens, contextLength - 1)).Select(index => index % vocabularySize).ToArray(),
            Sampling = new SamplingParameters { Temperature = 0 },
            MaxTokens = GeneratedTokens,
            StopTokens = FrozenSet<int>.Empty,
        };
        await foreach (var output in engine.GenerateAsync(request, cancellationToken).WithCancellation(cancellationToken))
        {
            if (output.FinishReason is FinishReason.Error)
            {
                throw new WarmUpException($"The model does not run: {output.Error}");
            }
        }
    }
}
