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
        violations.CountAtMost("tools", request.Tools?.Count, limits.Tools, "tools");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, tool) in (request.Tools ?? []).Take(limits.Tools).Index())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"tools[{index}]");
            CheckType(tool.Type, path, violations);
            violations.Required($"{path}.function", tool.Function);
            if (tool.Function is { } function)
            {
                CheckFunction(function, $"{path}.function", names, limits, violations);
            }
        }

        CheckChoice(request, violations);
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

        if (function.Strict is true)
        {
            violations.AddNotSupported($"{path}.strict", $"'{path}.strict' true");
        }
    }

    private static void CheckChoice(ChatCompletionRequest request, RuleViolations violations)
    {
        if (request.ToolChoice?.Named is not null)
        {
            violations.AddNotSupported("tool_choice", "A named tool in 'tool_choice'");
        }
        else if (request.ToolChoice?.Mode == ToolChoice.Required)
        {
            violations.AddNotSupported("tool_choice", "'tool_choice' \"required\"");
        }
        else
        {
            violations.OneOf("tool_choice", request.ToolChoice?.Mode, [ToolChoice.Auto, ToolChoice.None, ToolChoice.Required]);
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
