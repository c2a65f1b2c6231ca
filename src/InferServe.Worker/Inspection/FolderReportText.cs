using System.Globalization;

namespace InferServe.Worker.Inspection;

/// <summary>Writes a report for people.</summary>
internal static class FolderReportText
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>What the folder is and needs.</summary>
    public static void WriteDescription(FolderReport report, TextWriter output)
    {
        Line(output, "folder", report.Folder);
        Line(output, "config", report.Config);
        Line(output, "family", report.Family);
        Line(output, "graph", report.Graph);
        Line(output, "layers", report.Layers is null ? null : Text(
            $"{report.Layers}, each with {report.QueryHeads} query heads and {report.KeyValueHeads} key/value heads of {report.HeadSize}"));
        Line(output, "vocabulary", report.VocabularySize is null ? null : Text($"{report.VocabularySize:N0}"));
        Line(output, "context", report.ContextLength is null ? null : Text($"{report.ContextLength:N0} tokens{(report.TokensPerSequence < report.ContextLength ? Text($", of which {report.TokensPerSequence:N0} would be served") : "")}"));
        Line(output, "precision", report.KeyValueType is null ? null : $"keys and values {report.KeyValueType}, logits {report.LogitsType}");
        Line(output, "weights", report.WeightBytes is null ? null : string.Join("; ", [Bytes(report.WeightBytes.Value), .. report.WeightFormats]));
        Line(output, "providers", report.Providers.Count == 0 ? null : string.Join(", ", report.Providers));
        Line(output, "adapters", report.AdapterInputs == 0 ? null : Text($"LoRA adapters can change {report.AdapterInputs} inputs"));
        Line(output, "tokenizer", report.Tokenizer is null ? null : Text($"{report.Tokenizer}, {report.TokenizerVocabularySize:N0} tokens"));
        Line(output, "templates", report.Tokenizer is null ? null : report.ChatTemplates.Count == 0 ? "none: completions only" : string.Join(", ", report.ChatTemplates));
        Line(output, "tool calls", report.ToolFormat);
        Line(output, "reasoning", report.ReasoningFormat);
        if (report.KeyValueBytes is { } bytes)
        {
            Line(output, "memory", Text(
                $"{Bytes(report.KeyValueBytesPerToken!.Value)} a token; {report.Sequences} sequences of {report.TokensPerSequence:N0} tokens: {Bytes(bytes)} beside the weights"));
        }
    }

    /// <summary>Whether it would be served, or every reason why not.</summary>
    public static void WriteVerdict(FolderReport report, TextWriter output)
    {
        if (report.Problems.Count == 0)
        {
            Line(output, "verdict", report.Tried ? "can be served: it was loaded and run" : "nothing speaks against it; it was not loaded");
            return;
        }

        Line(output, "verdict", "would be refused:");
        foreach (string problem in report.Problems)
        {
            output.WriteLine($"  - {problem}");
        }
    }

    /// <summary>A number of bytes with three digits or more of the largest unit that fits.</summary>
    internal static string Bytes(long bytes)
    {
        double value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {Units[unit]}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Line(TextWriter output, string label, string? value)
    {
        if (value is not null)
        {
            output.WriteLine($"{label,-12}{value}");
        }
    }
}
