using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Json;

namespace InferServe.Contracts.Validation;

/// <summary>The rules of the form that an answer must have. Whether a schema or grammar can be followed is told where it is compiled.</summary>
internal static partial class FormRules
{
    public static void Check(StructuredOutputs? outputs, RequestLimits limits, RuleViolations violations)
    {
        if (outputs is null)
        {
            return;
        }

        var given = Given(outputs);
        if (given.Length != 1)
        {
            violations.Add(
                "structured_outputs",
                "'structured_outputs' must have exactly one of json, json_object, regex, choice, grammar, got "
                + (given.Length == 0 ? "none." : $"{string.Join(", ", given)}."));
        }

        if (outputs.Json is { } json)
        {
            CheckSchema(json, "structured_outputs.json", limits, violations);
        }

        CheckText(outputs.Regex, "structured_outputs.regex", limits, violations);
        CheckText(outputs.Grammar, "structured_outputs.grammar", limits, violations);
        CheckChoices(outputs.Choice, limits, violations);
    }

    public static void Check(ResponseFormat? format, RequestLimits limits, RuleViolations violations)
    {
        if (format is null)
        {
            return;
        }

        violations.Required("response_format.type", format.Type);
        violations.OneOf("response_format.type", format.Type, [ResponseFormat.Text, ResponseFormat.JsonObject, ResponseFormat.Schema]);
        if (format.Type != ResponseFormat.Schema)
        {
            return;
        }

        violations.Required("response_format.json_schema", format.JsonSchema);
        if (format.JsonSchema is { } schema)
        {
            violations.Required("response_format.json_schema.name", schema.Name);
            if (schema.Name is not null && !NamePattern().IsMatch(schema.Name))
            {
                violations.Add(
                    "response_format.json_schema.name",
                    $"'response_format.json_schema.name' must be 1 to 64 characters of a-z, A-Z, 0-9, '_' and '-', got {GivenValue.Quote(schema.Name)}.");
            }

            violations.Required("response_format.json_schema.schema", schema.Schema);
            if (schema.Schema is { } given)
            {
                CheckSchema(given, "response_format.json_schema.schema", limits, violations);
            }
        }
    }

    private static string[] Given(StructuredOutputs outputs) =>
    [
        .. from item in new (string Name, bool IsGiven)[]
           {
               ("json", outputs.Json is not null), ("json_object", outputs.JsonObject is true), ("regex", outputs.Regex is not null),
               ("choice", outputs.Choice is not null), ("grammar", outputs.Grammar is not null),
           }
           where item.IsGiven
           select item.Name,
    ];

    private static void CheckSchema(JsonElement schema, string path, RequestLimits limits, RuleViolations violations)
    {
        violations.LengthAtMost(path, schema.GetRawText(), limits.GrammarLength);
        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False or JsonValueKind.String))
        {
            violations.Add(path, $"'{path}' must be a JSON schema, got {GivenValue.Describe(schema)}.");
        }
    }

    private static void CheckText(string? text, string path, RequestLimits limits, RuleViolations violations)
    {
        violations.NotEmpty(path, text);
        violations.LengthAtMost(path, text, limits.GrammarLength);
    }

    private static void CheckChoices(IReadOnlyList<string>? choices, RequestLimits limits, RuleViolations violations)
    {
        if (choices is { Count: 0 })
        {
            violations.Add("structured_outputs.choice", "'structured_outputs.choice' must have at least one choice.");
        }

        violations.CountAtMost("structured_outputs.choice", choices?.Count, limits.GrammarChoices, "choices");
        foreach (var (index, choice) in (choices ?? []).Take(limits.GrammarChoices).Index())
        {
            CheckText(choice, string.Create(CultureInfo.InvariantCulture, $"structured_outputs.choice[{index}]"), limits, violations);
        }
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
