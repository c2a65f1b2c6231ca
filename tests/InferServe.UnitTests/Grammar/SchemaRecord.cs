using System.Text.Json;
using InferServe.UnitTests.Support;

namespace InferServe.UnitTests.Grammar;

/// <summary>A schema of the conformance data with texts that it accepts and texts that it does not.</summary>
internal sealed record SchemaRecord(string Id, string Schema, IReadOnlyList<string> Valid, IReadOnlyList<string> Invalid)
{
    /// <summary>Every record, in the order of files and lines.</summary>
    public static IEnumerable<SchemaRecord> All()
    {
        foreach (var file in ConformanceData.FilesIn("json-schemas").Where(file => file.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            foreach (var line in File.ReadAllText(ConformanceData.PathOf("json-schemas", file)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 256 });
                var record = document.RootElement;
                yield return new SchemaRecord(
                    record.GetProperty("id").GetString()!, record.GetProperty("schema").GetRawText(), Texts(record, "valid"), Texts(record, "invalid"));
            }
        }
    }

    private static List<string> Texts(JsonElement record, string name) =>
        [.. record.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
