using System.Collections.Frozen;
using System.Globalization;
using InferServe.Contracts.Errors;
using InferServe.Contracts.Generation;
using InferServe.Engine.Requests;
using InferServe.Worker.Models;
using InferServe.Worker.Tokens;

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
    /// <param name="topLogprobs">How many of the likeliest tokens to show for each generated one; null for no log-probabilities.</param>
    /// <exception cref="ApiException">400: the prompt does not fit, or a token id is none of the model's.</exception>
    public static GenerationRequest Create(
        string id, GenerationParameters parameters, ReadOnlyMemory<int> prompt, long? maxTokens, LoadedModel model, string param,
        int? topLogprobs)
    {
        var limit = PromptFit.MaxTokens(prompt.Length, maxTokens ?? SamplingDefaults.MaxTokens(prompt.Length, model.Defaults), model.ContextLength, param);
        TokenIds.Check(prompt.Span, model.VocabularySize, param);
        int[] stopIds = [.. parameters.StopTokenIds ?? []];
        TokenIds.Check(stopIds, model.VocabularySize, "stop_token_ids");
        return new GenerationRequest
        {
            Id = id,
            PromptTokens = prompt,
            Sampling = SamplingDefaults.Apply(parameters, model.Defaults) with { LogitBias = LogitBias(parameters.LogitBias, model.VocabularySize) },
            MaxTokens = limit,
            MinTokens = MinTokens(parameters.MinTokens, limit),
            StopTokens = StopTokens(parameters.IgnoreEos is true, stopIds, model),
            TopLogprobs = topLogprobs,
            PromptLogprobs = PromptLogprobs(parameters.PromptLogprobs, "prompt_logprobs", model),
            Priority = (int)(parameters.Priority ?? 0),
            Adapter = model.Adapter,
            CacheSalt = parameters.CacheSalt ?? string.Empty,
        };
    }

    /// <summary>How many of the likeliest tokens to show for each token of the prompt.</summary>
    /// <exception cref="ApiException">400: the model cannot tell.</exception>
    public static int? PromptLogprobs(long? asked, string param, LoadedModel model) => asked is null || model.Engine.SupportsPromptLogprobs
        ? (int?)asked
        : throw new ApiException(ApiErrors.NotSupported(
            $"'{param}' needs log-probabilities of the prompt, which the graph of the model '{model.Name}' does not give.", param));

    private static FrozenSet<int> StopTokens(bool ignoreEos, int[] more, LoadedModel model) =>
        !ignoreEos && more.Length == 0 ? model.EndTokens : (ignoreEos ? more : more.Concat(model.EndTokens)).ToFrozenSet();

    private static int MinTokens(long? asked, int limit) => asked is null or 0 ? 0 : asked <= limit
        ? (int)asked
        : throw new ApiException(ApiErrors.InvalidValue(
            $"'min_tokens' may be at most the number of tokens that can be generated, {limit}; it is {asked}.", "min_tokens"));

    private static KeyValuePair<int, float>[] LogitBias(IReadOnlyDictionary<string, double>? given, int vocabularySize)
    {
        if (given is not { Count: > 0 })
        {
            return [];
        }

        // Keys are different texts but may be the same number: "7" and "07".
        var bias = new Dictionary<int, float>();
        foreach (var (text, value) in given)
        {
            var token = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
            TokenIds.Check([token], vocabularySize, "logit_bias");
            if (!bias.TryAdd(token, (float)value))
            {
                throw new ApiException(ApiErrors.InvalidValue($"'logit_bias' names token {token} twice.", "logit_bias"));
            }
        }

        return [.. bias];
    }
}
