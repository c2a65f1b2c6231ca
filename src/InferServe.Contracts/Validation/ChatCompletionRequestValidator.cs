using System.Text.Json;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Json;

namespace InferServe.Contracts.Validation;

/// <summary>Checks the values of a chat completion request.</summary>
public static class ChatCompletionRequestValidator
{
    private static readonly string[] ServiceTiers = ["auto", "default", "flex", "priority", "scale"];
    private static readonly string[] ReasoningEfforts = ["none", "minimal", "low", "medium", "high", "xhigh"];

    /// <summary>Returns every violated rule that can be told without the model; an empty collection means valid.</summary>
    public static RuleViolations Validate(ChatCompletionRequest request, RequestLimits limits)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(limits);
        var violations = new RuleViolations();
        GenerationParameterRules.Check(request, limits, violations);
        MessageRules.Check(request.Messages, limits, violations);
        ToolRules.Check(request, limits, violations);
        FormRules.Check(request.ResponseFormat, limits, violations);
        CheckContinuation(request, violations);
        CheckRest(request, limits, violations);
        CheckSupport(request, violations);
        return violations;
    }

    private static void CheckRest(ChatCompletionRequest request, RequestLimits limits, RuleViolations violations)
    {
        violations.Between("max_completion_tokens", request.MaxCompletionTokens, 1, int.MaxValue);
        violations.Between("top_logprobs", request.TopLogprobs, 0, limits.TopLogprobs);
        if (request.TopLogprobs is > 0 && request.TopLogprobs <= limits.TopLogprobs && request.Logprobs is not true)
        {
            violations.Add("top_logprobs", "'top_logprobs' is only allowed when 'logprobs' is true.");
        }

        violations.OneOf("service_tier", request.ServiceTier, ServiceTiers);
        violations.OneOf("reasoning_effort", request.ReasoningEffort, ReasoningEfforts);
        violations.CountAtMost("metadata", request.Metadata?.Count, limits.MetadataEntries, "entries");
        foreach (var (key, value) in (request.Metadata ?? new Dictionary<string, string>()).Take(limits.MetadataEntries))
        {
            violations.LengthAtMost("metadata", key, limits.MetadataLength);
            violations.LengthAtMost("metadata", value, limits.MetadataLength);
        }

        if (request.ResponseFormat?.Type is ResponseFormat.JsonObject or ResponseFormat.Schema && request.StructuredOutputs is not null)
        {
            violations.Add("structured_outputs", "'structured_outputs' and a 'response_format' other than text exclude each other.");
        }

        if (request.ChatTemplateKwargs is { ValueKind: not JsonValueKind.Object } arguments)
        {
            violations.Add("chat_template_kwargs", $"'chat_template_kwargs' must be an object, got {GivenValue.Describe(arguments)}.");
        }
    }

    private static void CheckContinuation(ChatCompletionRequest request, RuleViolations violations)
    {
        if (request.ContinueFinalMessage is not true)
        {
            return;
        }

        if (request.AddGenerationPrompt is true)
        {
            violations.Add("continue_final_message", "'continue_final_message' and 'add_generation_prompt' exclude each other.");
        }

        if (request.Messages is [.., { Role: not ChatRoles.Assistant } last])
        {
            violations.Add(
                "continue_final_message", $"'continue_final_message' continues a message of the assistant; the last one has role {GivenValue.Quote(last.Role)}.");
        }
    }

    /// <summary>Refuses what would change the answer and is not acted on; the values that change nothing pass.</summary>
    private static void CheckSupport(ChatCompletionRequest request, RuleViolations violations)
    {
        if (request.Modalities?.FirstOrDefault(modality => modality != "text") is { } other)
        {
            violations.AddNotSupported("modalities", $"The modality {GivenValue.Quote(other)}");
        }

        Refuse("audio", request.Audio, "'audio'");
        Refuse("web_search_options", request.WebSearchOptions, "'web_search_options'");
        Refuse("functions", request.Functions, "'functions' (the predecessor of 'tools')");
        Refuse("function_call", request.FunctionCall, "'function_call' (the predecessor of 'tool_choice')");

        void Refuse(string param, JsonElement? value, string what)
        {
            if (value is not null)
            {
                violations.AddNotSupported(param, what);
            }
        }
    }
}
