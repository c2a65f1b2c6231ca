using System.Globalization;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Json;

namespace InferServe.Contracts.Validation;

/// <summary>The rules that chat and text completions share.</summary>
internal static class GenerationParameterRules
{
    /// <summary>Bounds what OpenAI leaves open, so that a nonsensical number is an error instead of a surprise.</summary>
    private const long MaxTopK = 1_000_000;

    private const long MaxChoices = 128;

    public static void Check(GenerationParameters request, RequestLimits limits, RuleViolations violations)
    {
        violations.Required("model", request.Model);
        violations.NotEmpty("model", request.Model);
        violations.LengthAtMost("model", request.Model, limits.NameLength);
        violations.LengthAtMost("user", request.User, limits.NameLength);
        violations.LengthAtMost("cache_salt", request.CacheSalt, limits.NameLength);

        violations.Between("max_tokens", request.MaxTokens, 1, int.MaxValue);
        violations.Between("temperature", request.Temperature, 0, 2);
        violations.Above("top_p", request.TopP, 0, 1);
        violations.Between("top_k", request.TopK, -1, MaxTopK);
        violations.Between("min_p", request.MinP, 0, 1);
        violations.Between("n", request.N, 1, MaxChoices);
        violations.Between("presence_penalty", request.PresencePenalty, -2, 2);
        violations.Between("frequency_penalty", request.FrequencyPenalty, -2, 2);
        violations.Above("repetition_penalty", request.RepetitionPenalty, 0, 10);
        CheckStops(request, limits, violations);
        if (request.StreamOptions is not null && request.Stream is not true)
        {
            violations.Add("stream_options", "'stream_options' is only allowed when 'stream' is true.");
        }

        CheckSupport(request, violations);
    }

    private static void CheckStops(GenerationParameters request, RequestLimits limits, RuleViolations violations)
    {
        violations.CountAtMost("stop", request.Stop?.Values.Count, limits.StopStrings, "strings");
        foreach (var (index, stop) in (request.Stop?.Values ?? []).Take(limits.StopStrings).Index())
        {
            var param = string.Create(CultureInfo.InvariantCulture, $"stop[{index}]");
            violations.NotEmpty(param, stop);
            violations.LengthAtMost(param, stop, limits.StopStringLength);
        }

        violations.CountAtMost("stop_token_ids", request.StopTokenIds?.Count, limits.StopTokens, "ids");
        foreach (var (index, id) in (request.StopTokenIds ?? []).Take(limits.StopTokens).Index())
        {
            violations.Between(string.Create(CultureInfo.InvariantCulture, $"stop_token_ids[{index}]"), id, 0, int.MaxValue);
        }
    }

    /// <summary>Refuses what would change the answer and is not acted on; the values that change nothing pass.</summary>
    private static void CheckSupport(GenerationParameters request, RuleViolations violations)
    {
        if (request.N is > 1)
        {
            violations.AddNotSupported("n", $"'n' above 1 (got {GivenValue.Number(request.N.Value)})");
        }

        NotSupportedUnless("presence_penalty", request.PresencePenalty, 0);
        NotSupportedUnless("frequency_penalty", request.FrequencyPenalty, 0);
        NotSupportedUnless("repetition_penalty", request.RepetitionPenalty, 1);
        NotSupportedUnless("min_tokens", request.MinTokens, 0);
        NotSupportedUnless("priority", request.Priority, 0);
        if (request.LogitBias is { Count: > 0 } bias)
        {
            violations.AddNotSupported("logit_bias", $"'logit_bias' (got {GivenValue.Number(bias.Count)} entries)");
        }

        if (request.IncludeStopStrInOutput is true)
        {
            violations.AddNotSupported("include_stop_str_in_output", "'include_stop_str_in_output' true");
        }

        if (request.PromptLogprobs is not null)
        {
            violations.AddNotSupported("prompt_logprobs", "'prompt_logprobs'");
        }

        if (request.ReturnTokenIds is true)
        {
            violations.AddNotSupported("return_token_ids", "'return_token_ids' true");
        }

        if (request.StructuredOutputs is not null)
        {
            violations.AddNotSupported("structured_outputs", "'structured_outputs'");
        }

        void NotSupportedUnless(string param, double? value, double neutral)
        {
            if (value is { } given && given != neutral)
            {
                violations.AddNotSupported(
                    param, $"'{param}' other than {GivenValue.Number(neutral)} (got {GivenValue.Number(given)})");
            }
        }
    }
}
