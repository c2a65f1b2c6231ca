using System.Globalization;
using System.Text;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>
/// Python's <c>str.format</c>: <c>{}</c>, <c>{0}</c>, <c>{name}</c> with <c>.attribute</c> and <c>[element]</c>, the conversions
/// <c>!r</c> and <c>!s</c>, and format specifications, which may hold fields of their own.
/// </summary>
internal static class BraceFormat
{
    /// <summary>A field within a specification has no further ones in its own.</summary>
    private const int MaxNesting = 2;

    public static string Format(RenderState state, string format, CallArguments arguments)
    {
        int automatic = 0;
        return state.Built(Expand(state, format, arguments, ref automatic, MaxNesting));
    }

    private static string Expand(RenderState state, string format, CallArguments arguments, ref int automatic, int nesting)
    {
        if (nesting == 0)
        {
            throw state.Fail("Max string recursion exceeded");
        }

        var text = new StringBuilder();
        int i = 0;
        while (i < format.Length)
        {
            char c = format[i++];
            bool doubled = i < format.Length && format[i] == c;
            if (c is not ('{' or '}') || doubled)
            {
                text.Append(c);
                i += c is '{' or '}' ? 1 : 0;
                continue;
            }

            int end = c == '{' ? EndOfField(format, i) : -1;
            if (end < 0)
            {
                throw state.Fail(c == '{' && i < format.Length ? "expected '}' before end of string" : $"Single '{c}' encountered in format string");
            }

            state.Step();
            text.Append(Field(state, format[i..end], arguments, ref automatic, nesting));
            state.CheckLength(text.Length);
            i = end + 1;
        }

        return text.ToString();
    }

    private static int EndOfField(string format, int begin)
    {
        int open = 1;
        for (int i = begin; i < format.Length; i++)
        {
            open += format[i] == '{' ? 1 : format[i] == '}' ? -1 : 0;
            if (open == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Field(RenderState state, string field, CallArguments arguments, ref int automatic, int nesting)
    {
        (string head, string spec) = Cut(field, ':');
        (string name, string conversion) = Cut(head, '!');
        JinjaValue value = Value(state, name, arguments, ref automatic);
        value = conversion switch
        {
            "" => value,
            "r" => new StringValue(PythonRepr.Repr(state, value)),
            "s" => new StringValue(PythonRepr.Str(state, value)),
            _ => throw state.Fail($"Unknown conversion specifier '{conversion}'"),
        };
        return FormatSpec.Apply(state, spec.Contains('{') ? Expand(state, spec, arguments, ref automatic, nesting - 1) : spec, value);
    }

    /// <summary>An argument, then attributes and elements of it: <c>0.name[key]</c>.</summary>
    private static JinjaValue Value(RenderState state, string path, CallArguments arguments, ref int automatic)
    {
        int at = path.AsSpan().IndexOfAny(".[");
        at = at < 0 ? path.Length : at;
        JinjaValue value = Argument(state, path[..at], arguments, ref automatic);
        while (at < path.Length)
        {
            state.Step();
            bool isElement = path[at] == '[';
            int end = isElement ? path.IndexOf(']', at) : path.AsSpan(at + 1).IndexOfAny(".[") + at + 1;
            end = !isElement && end == at ? path.Length : end;
            string name = end > at + 1 ? path[(at + 1)..end] : throw state.Fail("Empty attribute in format string");
            value = isElement ? Member.Item(state, value, Key(name)) : Member.Attribute(state, value, name);
            at = isElement ? end + 1 : end;
            if (isElement && at < path.Length && path[at] is not ('.' or '['))
            {
                throw state.Fail("Only '.' or '[' may follow ']' in format field specifier");
            }
        }

        return value;
    }

    private static JinjaValue Key(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? new IntegerValue(index) : new StringValue(name);

    private static JinjaValue Argument(RenderState state, string name, CallArguments arguments, ref int automatic)
    {
        if (name.Length == 0 || name.All(char.IsAsciiDigit))
        {
            int index = -1;
            if (name.Length == 0)
            {
                index = automatic++;
            }
            else if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int given))
            {
                index = given;
            }

            return index >= 0 && index < arguments.Positional.Count
                ? arguments.Positional[index]
                : throw state.Fail($"Replacement index {index} out of range for positional args tuple");
        }

        foreach ((string key, JinjaValue value) in arguments.Named)
        {
            if (key == name)
            {
                return value;
            }
        }

        throw state.Fail($"'{name}'");
    }

    private static (string Before, string After) Cut(string text, char separator)
    {
        int index = text.IndexOf(separator, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }
}
