using System.Collections.Immutable;
using System.Globalization;

namespace InferServe.Gateway.Registry;

/// <summary>Reads <c>sampling</c> and <c>limits</c> of a model into settings of its workers.</summary>
internal static class WorkerSettingsReader
{
    private static readonly string[] SamplingNames = [.. ModelsFileFormat.SamplingNumbers.Select(number => number.Name), ModelsFileFormat.TopK.Name];
    private static readonly string[] LimitNames = [.. ModelsFileFormat.LimitIntegers.Select(integer => integer.Name)];

    /// <summary>Names below <c>Worker:</c> with their values, such as <c>Defaults:TopP</c> and <c>0.9</c>.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Read(PlacedReader reader, PlacedJson model)
    {
        var settings = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        if (reader.ReadObject(model, ModelsFileFormat.Sampling, SamplingNames) is { } sampling)
        {
            foreach (var property in ModelsFileFormat.SamplingNumbers)
            {
                Add("Defaults", property.Name, reader.ReadNumber(sampling, property)?.ToString("R", CultureInfo.InvariantCulture));
            }

            Add("Defaults", ModelsFileFormat.TopK.Name, reader.ReadInteger(sampling, ModelsFileFormat.TopK)?.ToString(CultureInfo.InvariantCulture));
        }

        if (reader.ReadObject(model, ModelsFileFormat.Limits, LimitNames) is { } limits)
        {
            foreach (var property in ModelsFileFormat.LimitIntegers)
            {
                Add("Limits", property.Name, reader.ReadInteger(limits, property)?.ToString(CultureInfo.InvariantCulture));
            }
        }

        return settings.ToImmutable();

        void Add(string section, string name, string? value)
        {
            if (value is not null)
            {
                settings.Add(KeyValuePair.Create($"{section}:{char.ToUpperInvariant(name[0])}{name[1..]}", value));
            }
        }
    }
}
