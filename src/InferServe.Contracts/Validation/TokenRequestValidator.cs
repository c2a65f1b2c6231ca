using System.Text.Json;
using InferServe.Contracts.Json;
using InferServe.Contracts.Tokens;

namespace InferServe.Contracts.Validation;

/// <summary>Checks the values of requests that only translate between text and tokens.</summary>
public static class TokenRequestValidator
{
    /// <summary>Returns every violated rule; an empty collection means valid.</summary>
    public static RuleViolations Validate(TokenizeRequest request, RequestLimits limits)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(limits);
        var violations = new RuleViolations();
        CheckModel(request.Model, limits, violations);
        if (request.Prompt is null == request.Messages is null)
        {
            violations.Add("prompt", $"Exactly one of 'prompt' and 'messages' is required, got {(request.Prompt is null ? "none" : "both")}.");
        }

        violations.LengthAtMost("prompt", request.Prompt, limits.ContentLength);
        if (request.Messages is not null)
        {
            MessageRules.Check(request.Messages, limits, violations);
        }

        ToolRules.CheckTools(request.Tools, limits, violations);
        if (request.ChatTemplateKwargs is { ValueKind: not JsonValueKind.Object } arguments)
        {
            violations.Add("chat_template_kwargs", $"'chat_template_kwargs' must be an object, got {GivenValue.Describe(arguments)}.");
        }

        return violations;
    }

    /// <summary>Returns every violated rule; an empty collection means valid.</summary>
    public static RuleViolations Validate(DetokenizeRequest request, RequestLimits limits)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(limits);
        var violations = new RuleViolations();
        CheckModel(request.Model, limits, violations);
        violations.Required("tokens", request.Tokens);
        violations.CountAtMost("tokens", request.Tokens?.Count, limits.ContentLength, "token ids");
        return violations;
    }

    private static void CheckModel(string? model, RequestLimits limits, RuleViolations violations)
    {
        violations.Required("model", model);
        violations.NotEmpty("model", model);
        violations.LengthAtMost("model", model, limits.NameLength);
    }
}
