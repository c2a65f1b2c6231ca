using System.Globalization;
using System.Net;
using System.Text;

namespace InferServe.LoadTests.Reporting.Charts;

/// <summary>Draws medians as bars with their ranges as lines, and 1 as a mark, as SVG.</summary>
internal static class RangeChart
{
    private const int Width = 560, Left = 190, Right = 60, Row = 24, Top = 8, Bottom = 28;
    private const double MostMedians = 2;

    public static string Draw(string title, IReadOnlyList<RangeBar> bars)
    {
        // One wild run must not press the rest together: what lies far beyond the largest median is cut off.
        double median = bars.Select(bar => bar.Median).Where(double.IsFinite).Append(1).Max();
        double most = bars.Select(bar => bar.Most).Where(double.IsFinite).Append(1).Max();
        IReadOnlyList<double> ticks = AxisTicks.Of(Math.Min(most, MostMedians * median), 6);
        int height = Top + (bars.Count * Row) + Bottom;
        var svg = new StringBuilder();
        svg.Append(Text($"<figure><figcaption>{WebUtility.HtmlEncode(title)}</figcaption>"));
        svg.Append(Text($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">"));
        foreach (double tick in ticks)
        {
            svg.Append(Text($"<line class=\"grid\" x1=\"{X(tick):0.#}\" x2=\"{X(tick):0.#}\" y1=\"{Top}\" y2=\"{height - Bottom}\"/>"));
            svg.Append(Text($"<text class=\"tick\" text-anchor=\"middle\" x=\"{X(tick):0.#}\" y=\"{height - Bottom + 15}\">{tick:0.####}</text>"));
        }

        for (int index = 0; index < bars.Count; index++)
        {
            Append(svg, bars[index], Top + (index * Row));
        }

        svg.Append(Text($"<line class=\"one\" x1=\"{X(1):0.#}\" x2=\"{X(1):0.#}\" y1=\"{Top}\" y2=\"{height - Bottom}\"/>"));
        return svg.Append("</svg></figure>").ToString();

        double X(double value) => Left + (Math.Min(value, ticks[^1]) / ticks[^1] * (Width - Left - Right));

        void Append(StringBuilder into, RangeBar bar, int y)
        {
            into.Append(Text($"<text class=\"tick\" text-anchor=\"end\" x=\"{Left - 8}\" y=\"{y + 16}\">{WebUtility.HtmlEncode(bar.Name)}</text>"));
            if (!double.IsFinite(bar.Median))
            {
                return;
            }

            into.Append(Text($"<rect class=\"bar\" x=\"{Left}\" y=\"{y + 5}\" width=\"{X(bar.Median) - Left:0.#}\" height=\"{Row - 10}\"/>"));
            into.Append(Text($"<line class=\"range\" x1=\"{X(bar.Least):0.#}\" x2=\"{X(bar.Most):0.#}\" y1=\"{y + 12}\" y2=\"{y + 12}\"/>"));
            into.Append(Text($"<text class=\"tick\" x=\"{X(bar.Most) + 6:0.#}\" y=\"{y + 16}\">{bar.Median:0.00}</text>"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
