using InferServe.Contracts.Generation;
using InferServe.Engine.Requests;

namespace InferServe.Worker.Generation;

/// <summary>The answers to one request while they are generated.</summary>
/// <param name="plan">What was asked for.</param>
/// <param name="readers">One for each answer: the samples of the first prompt come first.</param>
/// <param name="outputs">The engine's tokens for each of them.</param>
internal sealed class AnswerRun(
    GenerationPlan plan, IReadOnlyList<AnswerReader> readers, IReadOnlyList<IAsyncEnumerable<TokenOutput>> outputs)
{
    public IReadOnlyList<AnswerReader> Readers => readers;

    /// <summary>The tokens of all prompts and of all answers so far. A prompt counts once, however many answers it gets.</summary>
    public Usage Usage => Usage.Of(
        plan.Requests.Sum(request => request.PromptTokens.Length),
        readers.Sum(reader => reader.Tokens),
        readers.Chunk(plan.Samples).Sum(samples => samples.Max(reader => reader.CachedTokens)),
        readers.Sum(reader => reader.ReasoningTokens));

    /// <summary>Generates; can be enumerated once.</summary>
    public IAsyncEnumerable<ChoicePiece> ReadAsync(CancellationToken cancellationToken) => ChoiceMerge.MergeAsync(
        [.. readers.Zip(outputs, (reader, output) => reader.ReadAsync(output, cancellationToken))], cancellationToken);
}
