using System.Text;

namespace InferServe.LoadTests.Reporting;

/// <summary>Writes reports as Markdown, for the terminal and for pages.</summary>
internal static class MarkdownReport
{
    public static string Of(RunReport report)
    {
        var text = new StringBuilder();
        text.AppendLine($"# {report.Title}").AppendLine();
        foreach ((string name, string value) in RunFacts.Of(report))
        {
            text.AppendLine($"- **{name}**: {value}");
        }

        text.AppendLine();
        foreach (string warning in RunFacts.Warnings(report))
        {
            text.AppendLine($"> **{warning}**").AppendLine();
        }

        foreach (ReportTable table in RunTables.Of(report))
        {
            Append(text, table);
        }

        return text.AppendLine(RunFacts.Method).ToString();
    }

    public static void Append(StringBuilder text, ReportTable table)
    {
        text.AppendLine($"## {table.Title}").AppendLine();
        AppendRow(text, table.Columns);
        AppendRow(text, [.. table.Columns.Select((_, index) => index == 0 ? "---" : "---:")]);
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            AppendRow(text, row);
        }

        text.AppendLine();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells)
    {
        text.AppendLine($"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");
    }
}
