using InferServe.Contracts.Generation;

namespace InferServe.Worker.Generation;

/// <summary>The complete answers to a request: all pieces of a stream folded.</summary>
/// <param name="Choices">One answer for each prompt and sample, in their order: the samples of the first prompt come first.</param>
/// <param name="Usage">The tokens that the request took.</param>
internal sealed record Answer(IReadOnlyList<ChoiceAnswer> Choices, Usage Usage);
