using InferServe.Contracts.Json;

namespace InferServe.Contracts.Validation;

/// <summary>The recurring rules: a number in a range, a text or a list of bounded length. An absent value violates none of them.</summary>
internal static class RangeRules
{
    public static void Between(this RuleViolations violations, string param, double? value, double min, double max)
    {
        // Written so that NaN fails too.
        if (value is { } given && !(given >= min && given <= max))
        {
            violations.Add(param, $"'{param}' must be between {GivenValue.Number(min)} and {GivenValue.Number(max)}, got {GivenValue.Number(given)}.");
        }
    }

    public static void Above(this RuleViolations violations, string param, double? value, double min, double max)
    {
        if (value is { } given && !(given > min && given <= max))
        {
            violations.Add(
                param, $"'{param}' must be above {GivenValue.Number(min)} and at most {GivenValue.Number(max)}, got {GivenValue.Number(given)}.");
        }
    }

    public static void LengthAtMost(this RuleViolations violations, string param, string? value, int max)
    {
        if (value is not null && value.Length > max)
        {
            violations.Add(param, $"'{param}' may have at most {GivenValue.Number(max)} characters, got {GivenValue.Number(value.Length)}.");
        }
    }

    public static void NotEmpty(this RuleViolations violations, string param, string? value)
    {
        if (value is { Length: 0 })
        {
            violations.Add(param, $"'{param}' must not be empty.");
        }
    }

    public static void CountAtMost(this RuleViolations violations, string param, int? count, int max, string what)
    {
        if (count > max)
        {
            violations.Add(param, $"'{param}' may have at most {GivenValue.Number(max)} {what}, got {GivenValue.Number(count.Value)}.");
        }
    }

    public static void OneOf(this RuleViolations violations, string param, string? value, IEnumerable<string> accepted)
    {
        if (value is not null && !accepted.Contains(value, StringComparer.Ordinal))
        {
            violations.Add(param, $"'{param}' must be one of {string.Join(", ", accepted)}, got {GivenValue.Quote(value)}.");
        }
    }

    public static void Required(this RuleViolations violations, string param, object? value)
    {
        if (value is null)
        {
            violations.Add(param, $"'{param}' is required.");
        }
    }
}
