using System.Text.Json;
using System.Text.Json.Serialization;

namespace InferServe.LoadTests.Reporting;

/// <summary>How reports are written as JSON: camelCase, indented, numbers that do not exist as null.</summary>
internal static class ReportJson
{
    /// <summary>Goes up when a property changes its meaning or goes away; new properties leave it.</summary>
    public const int SchemaVersion = 1;

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new FiniteConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of(RunReport report) => JsonSerializer.Serialize(
        new
        {
            SchemaVersion,
            Kind = "run",
            report.Time,
            Scenario = new
            {
                report.Settings.Scenario.Name,
                report.Settings.Scenario.Description,
                report.Settings.Scenario.Good,
                report.Settings.Scenario.Variables,
                Load = LoadText.Of(report.Settings.Scenario.Load),
                report.Settings.Scenario.RequestObjectives,
            },
            Server = report.Settings.Server.Url,
            report.Settings.Models,
            report.Settings.Seed,
            report.WasInterrupted,
            report.MeetsObjectives,
            report.Doubt,
            Metrics = report.Summary.Metrics(),
            report.Summary,
            report.Client,
            Objectives = report.Objectives.Select(result => new
            {
                result.Objective.Metric, result.Objective.AtLeast, result.Objective.AtMost, result.Value, result.IsMet,
            }),
            report.Timeline,
            report.Quantiles,
        },
        Options);

    private sealed class FiniteConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
