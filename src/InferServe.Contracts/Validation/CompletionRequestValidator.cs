using System.Globalization;
using InferServe.Contracts.Completions;
using InferServe.Contracts.Json;

namespace InferServe.Contracts.Validation;

/// <summary>Checks the values of a text completion request.</summary>
public static class CompletionRequestValidator
{
    /// <summary>Returns every violated rule that can be told without the model; an empty collection means valid.</summary>
    public static RuleViolations Validate(CompletionRequest request, RequestLimits limits)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(limits);
        var violations = new RuleViolations();
        GenerationParameterRules.Check(request, limits, violations);
        CheckPrompt(request.Prompt, request.N, limits, violations);
        CheckRest(request, limits, violations);
        return violations;
    }

    private static void CheckPrompt(CompletionPrompt? prompt, long? n, RequestLimits limits, RuleViolations violations)
    {
        violations.Required("prompt", prompt);
        if (prompt is null)
        {
            return;
        }

        if (prompt.Count == 0)
        {
            violations.Add("prompt", "'prompt' must not be an empty array.");
        }

        // Every prompt gets n answers.
        violations.CountAtMost("prompt", prompt.Count, (int)(limits.Choices / Math.Clamp(n ?? 1, 1, limits.Choices)), "prompts with this 'n'");
        foreach (var (index, text) in (prompt.Texts ?? []).Take(limits.Choices).Index())
        {
            var path = prompt.Count == 1 ? "prompt" : string.Create(CultureInfo.InvariantCulture, $"prompt[{index}]");
            violations.NotEmpty(path, text);
            violations.LengthAtMost(path, text, limits.ContentLength);
        }

        if (prompt.TokenIds?.Any(ids => ids.Count == 0) is true)
        {
            violations.Add("prompt", "'prompt' must hold at least one token id for each prompt.");
        }
    }

    private static void CheckRest(CompletionRequest request, RequestLimits limits, RuleViolations violations)
    {
        if (!string.IsNullOrEmpty(request.Suffix))
        {
            violations.AddNotSupported("suffix", "'suffix'");
        }

        violations.Between("logprobs", request.Logprobs, 0, limits.TopLogprobs);
        if (request.BestOf is { } bestOf && bestOf != (request.N ?? 1))
        {
            violations.AddNotSupported("best_of", $"'best_of' other than 'n' (got {GivenValue.Number(bestOf)})");
        }

        if (request.Echo is true && request.Stream is true && request.Logprobs is not null)
        {
            violations.Add("echo", "'echo' with 'logprobs' is only allowed when 'stream' is not true.");
        }
    }
}
