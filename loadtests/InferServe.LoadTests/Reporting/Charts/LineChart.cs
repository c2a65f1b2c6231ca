using System.Globalization;
using System.Net;
using System.Text;

namespace InferServe.LoadTests.Reporting.Charts;

/// <summary>Draws lines as SVG. Colours come from the page's style, so that light and dark work alike.</summary>
internal static class LineChart
{
    private const int Width = 560, Height = 240, Left = 56, Right = 26, Top = 14, Bottom = 36;
    private const int XTicks = 8, YTicks = 5;

    /// <param name="title">Above the chart.</param>
    /// <param name="xLabel">What the horizontal axis shows, with its unit.</param>
    /// <param name="series">Lines; an empty list draws an empty chart.</param>
    /// <param name="isStepped">Draws levels instead of slopes, for distributions.</param>
    public static string Draw(string title, string xLabel, IReadOnlyList<ChartSeries> series, bool isStepped = false)
    {
        (double X, double Y)[] points = [.. series.SelectMany(line => line.Points).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        IReadOnlyList<double> xTicks = AxisTicks.Of(points.Select(point => point.X).DefaultIfEmpty(1).Max(), XTicks);
        IReadOnlyList<double> yTicks = AxisTicks.Of(points.Select(point => point.Y).DefaultIfEmpty(1).Max(), YTicks);
        var svg = new StringBuilder();
        svg.Append(Text($"<figure><figcaption>{WebUtility.HtmlEncode(title)}{Legend(series)}</figcaption>"));
        svg.Append(Text($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">"));
        foreach (double tick in yTicks)
        {
            double y = Y(tick);
            svg.Append(Text($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>"));
            svg.Append(Text($"<text class=\"tick\" text-anchor=\"end\" x=\"{Left - 6}\" y=\"{y + 4:0.#}\">{tick:#,##0.####}</text>"));
        }

        foreach (double tick in xTicks)
        {
            svg.Append(Text($"<text class=\"tick\" text-anchor=\"middle\" x=\"{X(tick):0.#}\" y=\"{Height - Bottom + 15}\">{tick:#,##0.####}</text>"));
        }

        svg.Append(Text($"<text class=\"tick\" text-anchor=\"middle\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 4}\">{WebUtility.HtmlEncode(xLabel)}</text>"));
        for (int index = 0; index < series.Count; index++)
        {
            svg.Append(Text($"<path class=\"line s{index}\" d=\"{Path(series[index].Points, X, Y, isStepped)}\"/>"));
        }

        return svg.Append("</svg></figure>").ToString();

        double X(double value) => Left + (value / xTicks[^1] * (Width - Left - Right));
        double Y(double value) => Height - Bottom - (value / yTicks[^1] * (Height - Top - Bottom));
    }

    private static string Path(IReadOnlyList<(double X, double Y)> points, Func<double, double> x, Func<double, double> y, bool isStepped)
    {
        var path = new StringBuilder();
        bool isDown = false;
        foreach ((double px, double py) in points)
        {
            if (!double.IsFinite(px) || !double.IsFinite(py))
            {
                isDown = false;
                continue;
            }

            path.Append(!isDown ? Text($"M{x(px):0.##} {y(py):0.##}") : isStepped ? Text($"H{x(px):0.##}V{y(py):0.##}") : Text($"L{x(px):0.##} {y(py):0.##}"));
            isDown = true;
        }

        return path.ToString();
    }

    private static string Legend(IReadOnlyList<ChartSeries> series)
    {
        return string.Concat(series.Select((line, index) => $"<span class=\"key k{index}\">{WebUtility.HtmlEncode(line.Name)}</span>"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
