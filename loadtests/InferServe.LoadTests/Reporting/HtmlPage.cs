using System.Net;
using System.Text;

namespace InferServe.LoadTests.Reporting;

/// <summary>Puts a report's parts into one page that needs nothing else: no script, no font, no network. Light and dark as the reader's system.</summary>
internal sealed class HtmlPage
{
    private const string Style = """
        :root { color-scheme: light dark; --back: #fff; --text: #1c2430; --soft: #5c6775; --edge: #dde2e8; --panel: #f6f8fa;
          --c0: #0b62d6; --c1: #d2570a; --c2: #178244; --c3: #8b3fc7; --good: #178244; --bad: #c42b2b; }
        @media (prefers-color-scheme: dark) { :root { --back: #12161c; --text: #e6eaf0; --soft: #9aa5b4; --edge: #2d3540; --panel: #1a2029;
          --c0: #6aa9ff; --c1: #ff9d57; --c2: #57c785; --c3: #c794f2; --good: #57c785; --bad: #ff7b7b; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 24px 20px 48px; max-width: 1240px; background: var(--back); color: var(--text);
          font: 15px/1.45 system-ui, sans-serif; }
        h1 { margin: 0 0 4px; font-size: 26px; } h2 { margin: 32px 0 8px; font-size: 18px; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 12px 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        .warning { border-left: 4px solid var(--bad); background: var(--panel); padding: 8px 12px; margin: 12px 0; font-weight: 600; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 10px; margin: 18px 0; }
        .tile { background: var(--panel); border: 1px solid var(--edge); border-radius: 8px; padding: 10px 12px; }
        .tile b { display: block; font-size: 22px; font-variant-numeric: tabular-nums; } .tile span { color: var(--soft); font-size: 13px; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(460px, 100%), 1fr)); gap: 14px; }
        figure { margin: 0; background: var(--panel); border: 1px solid var(--edge); border-radius: 8px; padding: 10px; }
        figcaption { font-weight: 600; margin-bottom: 4px; } svg { width: 100%; height: auto; display: block; }
        .key { font-weight: 400; font-size: 13px; margin-left: 12px; color: var(--soft); }
        .key::before { content: ""; display: inline-block; width: 14px; height: 3px; margin-right: 5px; vertical-align: middle; background: currentColor; }
        .k0::before { background: var(--c0); } .k1::before { background: var(--c1); } .k2::before { background: var(--c2); } .k3::before { background: var(--c3); }
        .grid { stroke: var(--edge); } .tick { fill: var(--soft); font-size: 11px; font-family: system-ui, sans-serif; }
        .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
        .s0 { stroke: var(--c0); } .s1 { stroke: var(--c1); } .s2 { stroke: var(--c2); } .s3 { stroke: var(--c3); }
        .bar { fill: var(--c0); opacity: .55; } .range { stroke: var(--text); stroke-width: 2; } .one { stroke: var(--bad); stroke-dasharray: 4 3; }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--edge); text-align: right; white-space: nowrap; }
        th:first-child, td:first-child { text-align: left; } th { color: var(--soft); font-weight: 600; }
        .yes { color: var(--good); } .no { color: var(--bad); font-weight: 700; } footer { color: var(--soft); margin-top: 28px; font-size: 13px; }
        """;

    private readonly StringBuilder _body = new();
    private readonly string _title;

    public HtmlPage(string title)
    {
        _title = title;
        _body.Append($"<h1>{Encode(title)}</h1>");
    }

    public void Facts(IEnumerable<(string Name, string Value)> facts)
    {
        _body.Append($"<dl>{string.Concat(facts.Select(fact => $"<dt>{Encode(fact.Name)}</dt><dd>{Encode(fact.Value)}</dd>"))}</dl>");
    }

    public void Warning(string text) => _body.Append($"<p class=\"warning\">{Encode(text)}</p>");

    public void Tiles(IEnumerable<(string Name, string Value)> tiles)
    {
        _body.Append($"<div class=\"tiles\">{string.Concat(tiles.Select(tile => $"<div class=\"tile\"><b>{Encode(tile.Value)}</b><span>{Encode(tile.Name)}</span></div>"))}</div>");
    }

    /// <param name="charts">SVG as the chart types draw it.</param>
    public void Charts(params IEnumerable<string> charts) => _body.Append($"<div class=\"charts\">{string.Concat(charts)}</div>");

    public void Table(ReportTable table)
    {
        string head = string.Concat(table.Columns.Select(column => $"<th>{Encode(column)}</th>"));
        string rows = string.Concat(table.Rows.Select(row => $"<tr>{string.Concat(row.Select(Cell))}</tr>"));
        _body.Append($"<h2>{Encode(table.Title)}</h2><div class=\"scroll\"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>");
    }

    public void Footer(string text) => _body.Append($"<footer>{Encode(text)}</footer>");

    public override string ToString() =>
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">" +
        $"<title>{Encode(_title)}</title><style>\n{Style}\n</style></head><body>{_body}</body></html>\n";

    private static string Cell(string text) => text switch
    {
        "yes" => "<td class=\"yes\">yes</td>",
        "NO" => "<td class=\"no\">NO</td>",
        _ => $"<td>{Encode(text)}</td>",
    };

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
