namespace InferServe.LoadTests.Reporting;

/// <summary>A table that Markdown and HTML reports show alike. The first column is text, the others are numbers.</summary>
internal sealed record ReportTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
