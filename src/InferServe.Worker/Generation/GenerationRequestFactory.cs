using System.Collections.Frozen;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Generation;
using InferServe.Engine.Requests;
using InferServe.Worker.Models;

namespace InferServe.Worker.Generation;

/// <summary>Makes the engine's request of a checked request and its prompt. Behind this line nothing is checked again.</summary>
internal static class GenerationRequestFactory
{
    /// <param name="id">The request's id.</param>
    /// <param name="parameters">Checked parameters.</param>
    /// <param name="prompt">The prompt's tokens.</param>
    /// <param name="maxTokens">The most tokens to generate as the request says, or null.</param>
    /// <param name="model">The model.</param>
    /// <param name="param">The field that the prompt comes from, for errors.</param>
    /// <exception cref="ApiException">400: the prompt does not fit, or a token id is none of the model's.</exception>
    public static GenerationRequest Create(
        string id, GenerationParameters parameters, ReadOnlyMemory<int> prompt, long? maxTokens, LoadedModel model, string param)
    {
        var limit = PromptFit.MaxTokens(prompt.Length, maxTokens, model.ContextLength, param);
        CheckIds(prompt.Span, model.VocabularySize, param);
        int[] stopIds = [.. parameters.StopTokenIds ?? []];
        CheckIds(stopIds, model.VocabularySize, "stop_token_ids");
        return new GenerationRequest
        {
            Id = id,
            PromptTokens = prompt,
            Sampling = SamplingDefaults.Apply(parameters, model.Defaults),
            MaxTokens = limit,
            StopTokens = StopTokens(parameters.IgnoreEos is true, stopIds, model),
        };
    }

    private static FrozenSet<int> StopTokens(bool ignoreEos, int[] more, LoadedModel model) =>
        !ignoreEos && more.Length == 0 ? model.EndTokens : (ignoreEos ? more : more.Concat(model.EndTokens)).ToFrozenSet();

    private static void CheckIds(ReadOnlySpan<int> ids, int vocabularySize, string param)
    {
        for (var index = 0; index < ids.Length; index++)
        {
            if ((uint)ids[index] >= (uint)vocabularySize)
            {
                throw new ApiException(ApiErrors.InvalidValue(
                    $"'{param}' holds token ids of this model, 0 to {vocabularySize - 1}; the one at {index} is {ids[index]}.", param));
            }
        }
    }
}
