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
        CheckPrompt(request.Prompt, limits, violations);
        CheckSupport(request, violations);
        return violations;
    }

    private static void CheckPrompt(CompletionPrompt? prompt, RequestLimits limits, RuleViolations violations)
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
        else if (prompt.Count > 1)
        {
            violations.AddNotSupported("prompt", $"More than one prompt in a request (got {GivenValue.Number(prompt.Count)})");
        }
        else
        {
            violations.NotEmpty("prompt", prompt.Texts?[0]);
            violations.LengthAtMost("prompt", prompt.Texts?[0], limits.ContentLength);
            if (prompt.TokenIds is [{ Count: 0 }])
            {
                violations.Add("prompt", "'prompt' must hold at least one token id.");
            }
        }
    }

    private static void CheckSupport(CompletionRequest request, RuleViolations violations)
    {
        if (request.Echo is true)
        {
            violations.AddNotSupported("echo", "'echo' true");
        }

        if (!string.IsNullOrEmpty(request.Suffix))
        {
            violations.AddNotSupported("suffix", "'suffix'");
        }

        violations.Between("best_of", request.BestOf, 1, 20);
        if (request.BestOf is > 1)
        {
            violations.AddNotSupported("best_of", $"'best_of' above 1 (got {GivenValue.Number(request.BestOf.Value)})");
        }

        if (request.Logprobs is not null)
        {
            violations.AddNotSupported("logprobs", "'logprobs'");
        }
    }
}
