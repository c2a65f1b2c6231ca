using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Json;
using InferServe.Contracts.Tools;

namespace InferServe.Contracts.Validation;

/// <summary>The rules of tools, of the choice among them, and of calls in the chat so far.</summary>
internal static partial class ToolRules
{
    public static void Check(ChatCompletionRequest request, RequestLimits limits, RuleViolations violations)
    {
        CheckTools(request.Tools, limits, violations);
        CheckChoice(request, violations);
    }

    public static void CheckTools(IReadOnlyList<ToolDefinition>? tools, RequestLimits limits, RuleViolations violations)
    {
        violations.CountAtMost("tools", tools?.Count, limits.Tools, "tools");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, tool) in (tools ?? []).Take(limits.Tools).Index())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"tools[{index}]");
            CheckType(tool.Type, path, violations);
            violations.Required($"{path}.function", tool.Function);
            if (tool.Function is { } function)
            {
                CheckFunction(function, $"{path}.function", names, limits, violations);
            }
        }
    }

    /// <summary>Checks one call of an assistant's message.</summary>
    public static void CheckCall(ToolCall call, string path, RequestLimits limits, RuleViolations violations)
    {
        violations.LengthAtMost($"{path}.id", call.Id, limits.NameLength);
        CheckType(call.Type ?? "function", path, violations);
        violations.Required($"{path}.function", call.Function);
        if (call.Function is { } function)
        {
            CheckName(function.Name, $"{path}.function.name", violations);
            violations.LengthAtMost($"{path}.function.arguments", function.Arguments, limits.ContentLength);
            if (!string.IsNullOrWhiteSpace(function.Arguments) && !IsJsonObject(function.Arguments, limits))
            {
                violations.Add(
                    $"{path}.function.arguments",
                    $"'{path}.function.arguments' must be a JSON object written as text, got {GivenValue.Quote(function.Arguments)}.");
            }
        }
    }

    private static void CheckFunction(
        FunctionDefinition function, string path, HashSet<string> names, RequestLimits limits, RuleViolations violations)
    {
        CheckName(function.Name, $"{path}.name", violations);
        if (function.Name is { } name && !names.Add(name))
        {
            violations.Add($"{path}.name", $"'{path}.name' must be unique, got {GivenValue.Quote(name)} again.");
        }

        violations.LengthAtMost($"{path}.description", function.Description, limits.ToolDescriptionLength);
        if (function.Parameters is { } parameters)
        {
            if (parameters.ValueKind != JsonValueKind.Object)
            {
                violations.Add($"{path}.parameters", $"'{path}.parameters' must be an object, got {GivenValue.Describe(parameters)}.");
            }

            violations.LengthAtMost($"{path}.parameters", parameters.GetRawText(), limits.ToolSchemaLength);
        }
    }

    private static void CheckChoice(ChatCompletionRequest request, RuleViolations violations)
    {
        if (request.ToolChoice is not { } choice)
        {
            return;
        }

        violations.OneOf("tool_choice", choice.Mode, [ToolChoice.Auto, ToolChoice.None, ToolChoice.Required]);
        var demanded = choice.Named is not null || choice.Mode == ToolChoice.Required;
        if (demanded && request.Tools is not { Count: > 0 })
        {
            violations.Add("tool_choice", "'tool_choice' demands a tool call, so 'tools' must have at least one tool.");
        }

        if (demanded && (request.ResponseFormat?.Type is ResponseFormat.JsonObject or ResponseFormat.Schema || request.StructuredOutputs is not null))
        {
            violations.Add("tool_choice", "'tool_choice' demands a tool call; no other form of the answer can be demanded beside it.");
        }

        if (choice.Named is { } named)
        {
            CheckNamed(named, request.Tools ?? [], violations);
        }
    }

    private static void CheckNamed(NamedToolChoice named, IReadOnlyList<ToolDefinition> tools, RuleViolations violations)
    {
        violations.Required("tool_choice.type", named.Type);
        if (named.Type is not (null or "function"))
        {
            violations.AddNotSupported("tool_choice.type", $"A tool choice of type {GivenValue.Quote(named.Type)} (only \"function\" is)");
            return;
        }

        violations.Required("tool_choice.function.name", named.Function?.Name);
        if (named.Function?.Name is { } name && !tools.Any(tool => tool.Function?.Name == name))
        {
            violations.Add("tool_choice.function.name", $"'tool_choice.function.name' must be one of 'tools', got {GivenValue.Quote(name)}.");
        }
    }

    private static void CheckType(string? type, string path, RuleViolations violations)
    {
        violations.Required($"{path}.type", type);
        if (type is not (null or "function"))
        {
            violations.AddNotSupported($"{path}.type", $"A tool of type {GivenValue.Quote(type)} ('{path}.type'; only \"function\" is)");
        }
    }

    private static void CheckName(string? name, string path, RuleViolations violations)
    {
        violations.Required(path, name);
        if (name is not null && !NamePattern().IsMatch(name))
        {
            violations.Add(path, $"'{path}' must be 1 to 64 characters of a-z, A-Z, 0-9, '_' and '-', got {GivenValue.Quote(name)}.");
        }
    }

    private static bool IsJsonObject(string text, RequestLimits limits)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = limits.JsonDepth, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object && ShapeChecker.IsText(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a name with half of a surrogate pair.
            return false;
        }
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
