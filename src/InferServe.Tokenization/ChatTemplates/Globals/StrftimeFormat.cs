using System.Globalization;
using System.Text;
using InferServe.Tokenization.ChatTemplates.Evaluation;

namespace InferServe.Tokenization.ChatTemplates.Globals;

/// <summary>C's <c>strftime</c> in the C locale.</summary>
internal static class StrftimeFormat
{
    /// <exception cref="TemplateException">A directive is not known.</exception>
    public static string Format(RenderState state, string format, DateTimeOffset time)
    {
        var text = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            // The GNU flag "-" drops the padding, as in "%-d".
            bool unpadded = format[i + 1] == '-' && i + 2 < format.Length;
            i += unpadded ? 2 : 1;
            string part = Directive(format[i], time)
                ?? throw state.Fail($"the strftime directive '%{format[i]}' is not supported");
            string stripped = unpadded ? part.TrimStart('0', ' ') : part;
            text.Append(unpadded && stripped.Length == 0 ? "0" : stripped);
        }

        return text.ToString();
    }

    private static string? Directive(char directive, DateTimeOffset time)
    {
        string? format = directive switch
        {
            'a' => "ddd",
            'A' => "dddd",
            'b' or 'h' => "MMM",
            'B' => "MMMM",
            'd' => "dd",
            'D' or 'x' => "MM/dd/yy",
            'F' => "yyyy-MM-dd",
            'H' => "HH",
            'I' => "hh",
            'm' => "MM",
            'M' => "mm",
            'p' => "tt",
            'R' => "HH:mm",
            'S' => "ss",
            'T' or 'X' => "HH:mm:ss",
            'y' => "yy",
            'Y' => "yyyy",
            'f' => "ffffff",
            _ => null,
        };
        return format is not null ? time.ToString(format, CultureInfo.InvariantCulture) : Computed(directive, time);
    }

    private static string? Computed(char directive, DateTimeOffset time)
    {
        int weekday = (int)time.DayOfWeek;
        string? number = directive switch
        {
            'e' => Pad(time.Day, 2, ' '),
            'j' => Pad(time.DayOfYear, 3, '0'),
            'k' => Pad(time.Hour, 2, ' '),
            'l' => Pad(((time.Hour + 11) % 12) + 1, 2, ' '),
            's' => Pad(time.ToUnixTimeSeconds(), 1, '0'),
            'u' => Pad(weekday == 0 ? 7 : weekday, 1, '0'),
            'w' => Pad(weekday, 1, '0'),
            'U' => Pad((time.DayOfYear + 6 - weekday) / 7, 2, '0'),
            'W' => Pad((time.DayOfYear + 6 - ((weekday + 6) % 7)) / 7, 2, '0'),
            'V' => Pad(ISOWeek.GetWeekOfYear(time.DateTime), 2, '0'),
            'G' => Pad(ISOWeek.GetYear(time.DateTime), 4, '0'),
            'C' => Pad(time.Year / 100, 2, '0'),
            _ => null,
        };
        return number ?? directive switch
        {
            'c' => time.ToString("ddd MMM ", CultureInfo.InvariantCulture) + Pad(time.Day, 2, ' ')
                + time.ToString(" HH:mm:ss yyyy", CultureInfo.InvariantCulture),
            'r' => time.ToString("hh:mm:ss tt", CultureInfo.InvariantCulture),

            // The reference formats a time without zone: both are empty there.
            'z' or 'Z' => "",
            'n' => "\n",
            't' => "\t",
            '%' => "%",
            _ => null,
        };
    }

    private static string Pad(long number, int width, char fill) =>
        number.ToString(CultureInfo.InvariantCulture).PadLeft(width, fill);
}
