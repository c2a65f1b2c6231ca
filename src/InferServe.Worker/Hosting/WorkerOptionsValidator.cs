using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using InferServe.Contracts.Models;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Hosting;

/// <summary>Checks <see cref="WorkerOptions"/> at start. Every violated rule is named with the range and the given value.</summary>
internal sealed class WorkerOptionsValidator : IValidateOptions<WorkerOptions>
{
    /// <summary>The shortest limit of a socket path among Linux (108 bytes) and macOS (104), with the final zero.</summary>
    private const int MaxSocketPathBytes = 103;

    private const int MaxNameLength = 256;
    private const int MaxAdapters = 64;

    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Model))
        {
            failures.Add($"{WorkerOptions.Section}:Model is required: the model folder.");
        }
        else
        {
            CheckNames(options, failures);
            CheckAdapters(options, failures);
        }

        if (options.Socket is { } socket && System.Text.Encoding.UTF8.GetByteCount(socket) > MaxSocketPathBytes)
        {
            failures.Add($"{WorkerOptions.Section}:Socket may have at most {MaxSocketPathBytes} bytes; it has {System.Text.Encoding.UTF8.GetByteCount(socket)}: {socket}");
        }

        if (options.ChatTemplateKwargs is { } variables && !IsObject(variables))
        {
            failures.Add($"{WorkerOptions.Section}:{nameof(WorkerOptions.ChatTemplateKwargs)} must be a JSON object; it is {variables}");
        }

        CheckName(nameof(WorkerOptions.ToolFormat), options.ToolFormat, AnswerFormatNames.Tools, failures);
        CheckName(nameof(WorkerOptions.ReasoningFormat), options.ReasoningFormat, AnswerFormatNames.Reasoning, failures);
        CheckName(nameof(WorkerOptions.Runtime), options.Runtime, [WorkerOptions.OnnxRuntime, WorkerOptions.GenAiRuntime], failures);
        failures.AddRange(DeviceSettings.Problems(options));
        failures.AddRange(OutOfRange(options, WorkerOptions.Section));
        failures.AddRange(OutOfRange(options.Defaults, $"{WorkerOptions.Section}:{nameof(WorkerOptions.Defaults)}"));
        failures.AddRange(OutOfRange(options.Limits, $"{WorkerOptions.Section}:{nameof(WorkerOptions.Limits)}"));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckNames(WorkerOptions options, List<string> failures)
    {
        foreach (var given in options.Aliases.Prepend(options.EffectiveName))
        {
            if (string.IsNullOrWhiteSpace(given) || given.Length > MaxNameLength)
            {
                failures.Add($"{WorkerOptions.Section}:Name and {WorkerOptions.Section}:Aliases must have 1 to {MaxNameLength} characters; one is '{given}'.");
            }
        }
    }

    private static bool IsObject(string json)
    {
        try
        {
            return JsonElement.Parse(json).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void CheckName(string setting, string? given, IReadOnlyList<string> known, List<string> failures)
    {
        if (given is not null && !known.Contains(given, StringComparer.Ordinal))
        {
            failures.Add($"{WorkerOptions.Section}:{setting} must be one of {string.Join(", ", known)}; it is '{given}'.");
        }
    }

    private static void CheckAdapters(WorkerOptions options, List<string> failures)
    {
        const string Section = $"{WorkerOptions.Section}:{nameof(WorkerOptions.Adapters)}";
        if (options.Adapters.Count > MaxAdapters)
        {
            failures.Add($"{Section} may have at most {MaxAdapters} entries; it has {options.Adapters.Count}.");
        }

        var names = options.Aliases.Prepend(options.EffectiveName).ToHashSet(StringComparer.Ordinal);
        foreach (var adapter in options.Adapters)
        {
            if (string.IsNullOrWhiteSpace(adapter.Name) || adapter.Name.Length > MaxNameLength || string.IsNullOrWhiteSpace(adapter.Path))
            {
                failures.Add($"{Section} must each have a Name of 1 to {MaxNameLength} characters and a Path; one has the name '{adapter.Name}' and the path '{adapter.Path}'.");
            }
            else if (!names.Add(adapter.Name))
            {
                failures.Add($"{Section} must have names that neither the model nor another adapter has; '{adapter.Name}' is taken.");
            }
        }
    }

    private static IEnumerable<string> OutOfRange(object options, string section) =>
        from property in options.GetType().GetProperties()
        let range = property.GetCustomAttribute<RangeAttribute>()
        where range is not null
        let value = property.GetValue(options)
        where !range.IsValid(value)
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{section}:{property.Name} must be {(range.MinimumIsExclusive ? "above " : "")}{range.Minimum} {(range.MinimumIsExclusive ? "and at most" : "to")} {range.Maximum}; it is {value}.");
}
