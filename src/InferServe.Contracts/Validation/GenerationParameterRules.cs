using System.Globalization;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Json;

namespace InferServe.Contracts.Validation;

/// <summary>The rules that chat and text completions share.</summary>
internal static class GenerationParameterRules
{
    /// <summary>Bounds what OpenAI leaves open, so that a nonsensical number is an error instead of a surprise.</summary>
    private const long MaxTopK = 1_000_000;

    /// <summary>A smaller divisor makes logits so large that their differences drown.</summary>
    private const double LeastRepetitionPenalty = 0.01;

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
        violations.Between("n", request.N, 1, limits.Choices);
        violations.Between("presence_penalty", request.PresencePenalty, -2, 2);
        violations.Between("frequency_penalty", request.FrequencyPenalty, -2, 2);
        violations.Between("repetition_penalty", request.RepetitionPenalty, LeastRepetitionPenalty, 10);
        violations.Between("min_tokens", request.MinTokens, 0, int.MaxValue);
        violations.Between("priority", request.Priority, int.MinValue, int.MaxValue);
        violations.Between("prompt_logprobs", request.PromptLogprobs, 0, limits.TopLogprobs);
        CheckStops(request, limits, violations);
        CheckBias(request.LogitBias, limits, violations);
        FormRules.Check(request.StructuredOutputs, limits, violations);
        if (request.PromptLogprobs is not null && request.Stream is true)
        {
            violations.Add("prompt_logprobs", "'prompt_logprobs' is only allowed when 'stream' is not true.");
        }

        if (request.StreamOptions is not null && request.Stream is not true)
        {
            violations.Add("stream_options", "'stream_options' is only allowed when 'stream' is true.");
        }
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

    private static void CheckBias(IReadOnlyDictionary<string, double>? bias, RequestLimits limits, RuleViolations violations)
    {
        violations.CountAtMost("logit_bias", bias?.Count, limits.LogitBias, "entries");
        foreach (var (token, value) in (bias ?? new Dictionary<string, double>()).Take(limits.LogitBias))
        {
            if (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                violations.Add("logit_bias", $"'logit_bias' has token ids as keys, got {GivenValue.Quote(token)}.");
            }
            else
            {
                violations.Between($"logit_bias.{token}", value, -100, 100);
            }
        }
    }
}
