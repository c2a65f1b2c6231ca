using System.Globalization;
using System.Text;

namespace InferServe.Tokenization.ChatTemplates.Lexing;

/// <summary>Python's escapes in string literals. An unknown escape stays as it is, backslash included.</summary>
internal static class StringLiteral
{
    public static string Unescape(ReadOnlySpan<char> body, int line)
    {
        if (!body.Contains('\\'))
        {
            return body.ToString();
        }

        var text = new StringBuilder(body.Length);
        int i = 0;
        while (i < body.Length)
        {
            if (body[i] != '\\')
            {
                text.Append(body[i++]);
                continue;
            }

            char c = body[i + 1];
            i += 2;
            switch (c)
            {
                case '\n':
                    break;
                case '\\' or '\'' or '"':
                    text.Append(c);
                    break;
                case 'x':
                    AppendCodePoint(text, body, ref i, 2, line);
                    break;
                case 'u':
                    AppendCodePoint(text, body, ref i, 4, line);
                    break;
                case 'U':
                    AppendCodePoint(text, body, ref i, 8, line);
                    break;
                case >= '0' and <= '7':
                    i--;
                    AppendOctal(text, body, ref i);
                    break;
                case 'N':
                    throw new TemplateException("character names (\\N{...}) are not supported in strings", line);
                default:
                    text.Append(Control(c) is { } control ? control.ToString() : $"\\{c}");
                    break;
            }
        }

        return text.ToString();
    }

    private static char? Control(char c) => c switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'v' => '\v',
        _ => null,
    };

    private static void AppendCodePoint(StringBuilder text, ReadOnlySpan<char> body, ref int i, int digits, int line)
    {
        if (i + digits > body.Length
            || !uint.TryParse(body.Slice(i, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value)
            || value > 0x10FFFF)
        {
            throw new TemplateException($"an escape in a string needs {digits} hexadecimal digits of a valid code point", line);
        }

        i += digits;
        text.Append(value > 0xFFFF ? char.ConvertFromUtf32((int)value) : ((char)value).ToString());
    }

    private static void AppendOctal(StringBuilder text, ReadOnlySpan<char> body, ref int i)
    {
        int value = 0;
        for (int digits = 0; digits < 3 && i < body.Length && body[i] is >= '0' and <= '7'; digits++)
        {
            value = (value * 8) + (body[i++] - '0');
        }

        text.Append((char)value);
    }
}
