using System.Text.Json;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Arrivals;

/// <summary>Reads a trace: one object a line, <c>{"timestamp": 0.25, "prompt_tokens": 120, "output_tokens": 40}</c>, in order of time.</summary>
internal static class TraceFileReader
{
    private const int MostTokens = 10_000_000;

    /// <exception cref="ScenarioException">A line is not such an object; the message has file and line.</exception>
    public static IReadOnlyList<TraceEntry> Read(TextReader lines, string file)
    {
        var entries = new List<TraceEntry>();
        int number = 0;
        while (lines.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            TraceEntry entry = Parse(line, file, number);
            if (entries.Count > 0 && entry.Timestamp < entries[^1].Timestamp)
            {
                throw Mistake(file, number, $"timestamp {entry.Timestamp} comes before the one of the line above, {entries[^1].Timestamp}");
            }

            entries.Add(entry);
        }

        return entries.Count > 0 ? entries : throw Mistake(file, number, "the trace has no entry");
    }

    private static TraceEntry Parse(string line, string file, int number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object
                ? throw Mistake(file, number, "the line must be a JSON object")
                : new TraceEntry(
                    Number(root, "timestamp", 0, 1e12, file, number),
                    (int)Number(root, "prompt_tokens", 1, MostTokens, file, number),
                    (int)Number(root, "output_tokens", 1, MostTokens, file, number));
        }
        catch (JsonException problem)
        {
            throw Mistake(file, number, $"not JSON: {problem.Message}");
        }
    }

    private static double Number(JsonElement root, string name, double least, double most, string file, int line)
    {
        return root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.GetDouble() is double number && number >= least && number <= most
            ? number
            : throw Mistake(file, line, FormattableString.Invariant($"{name} must be a number from {least} to {most}"));
    }

    private static ScenarioException Mistake(string file, int line, string text) => new($"{file}:{line}: {text}");
}
