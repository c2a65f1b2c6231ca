using System.Globalization;

namespace InferServe.LoadTests.Reporting;

/// <summary>How reports write numbers: three or four digits that matter, a dash for none.</summary>
internal static class ReportNumbers
{
    public static string Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return "–";
        }

        string format = Math.Abs(value) switch
        {
            0 => "0",
            >= 1000 => "#,##0",
            >= 100 => "0",
            >= 10 => "0.0",
            >= 1 => "0.00",
            _ => "0.000",
        };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A share as percent.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–";
}
