using System.Globalization;
using System.Text;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>Python's <c>str()</c> and <c>repr()</c> of values.</summary>
internal static class PythonRepr
{
    /// <summary>The text that <c>{{ value }}</c> prints.</summary>
    public static string Str(RenderState state, JinjaValue value)
    {
        if (value is not StringValue text)
        {
            return value is UndefinedValue ? "" : Repr(state, value);
        }

        state.Scan(text.Text.Length);
        return text.Text;
    }

    public static string Repr(RenderState state, JinjaValue value)
    {
        var text = new StringBuilder();
        Append(state, text, value);
        return state.Built(text.ToString());
    }

    /// <summary>The Python literal of a string: in single quotes unless it has some and no double ones.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2);
        AppendString(quoted, text);
        return quoted.ToString();
    }

    private static void Append(RenderState state, StringBuilder text, JinjaValue value)
    {
        state.Step();
        state.CheckLength(text.Length);
        switch (value)
        {
            case NoneValue:
                text.Append("None");
                break;
            case BooleanValue flag:
                text.Append(flag.Value ? "True" : "False");
                break;
            case IntegerValue number:
                text.Append(number.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case FloatValue number:
                text.Append(PythonFloat.Repr(number.Value));
                break;
            case StringValue { IsSafe: true } markup:
                text.Append("Markup(");
                AppendString(text, markup.Text);
                text.Append(')');
                break;
            case StringValue plain:
                AppendString(text, plain.Text);
                break;
            case ListValue list:
                AppendItems(state, text, "[", list.Items, "]");
                break;
            case TupleValue tuple:
                AppendItems(state, text, "(", tuple.Items, tuple.Items.Count == 1 ? ",)" : ")");
                break;
            case DictValue dict:
                AppendDict(state, text, dict);
                break;
            case DictViewValue view:
                text.Append(view.TypeName);
                AppendItems(state, text, "([", Enumerable.Range(0, view.Dict.Count).Select(view.At), "])");
                break;
            case NamespaceValue space:
                AppendNamespace(state, text, space);
                break;
            case RangeValue range:
                text.Append(CultureInfo.InvariantCulture, $"range({range.Start}, {range.Stop}");
                text.Append(range.Step.IsOne ? ")" : string.Create(CultureInfo.InvariantCulture, $", {range.Step})"));
                break;
            case LoopValue loop:
                text.Append(CultureInfo.InvariantCulture, $"<LoopContext {loop.Index}/{loop.Length}>");
                break;
            case CallableValue callable:
                text.Append(CultureInfo.InvariantCulture, $"<{callable.TypeName} '{callable.Name}'>");
                break;
            default:
                text.Append(value is UndefinedValue ? "Undefined" : $"<{value.TypeName} object>");
                break;
        }
    }

    private static void AppendItems(RenderState state, StringBuilder text, string open, IEnumerable<JinjaValue> items, string close)
    {
        text.Append(open);
        string separator = "";
        foreach (JinjaValue item in items)
        {
            text.Append(separator);
            Append(state, text, item);
            separator = ", ";
        }

        text.Append(close);
    }

    private static void AppendDict(RenderState state, StringBuilder text, DictValue dict)
    {
        text.Append('{');
        string separator = "";
        foreach ((JinjaValue key, JinjaValue value) in dict.Items)
        {
            text.Append(separator);
            Append(state, text, key);
            text.Append(": ");
            Append(state, text, value);
            separator = ", ";
        }

        text.Append('}');
    }

    private static void AppendNamespace(RenderState state, StringBuilder text, NamespaceValue space)
    {
        text.Append("<Namespace {");
        string separator = "";
        foreach ((string name, JinjaValue value) in space.Attributes)
        {
            text.Append(separator);
            AppendString(text, name);
            text.Append(": ");
            Append(state, text, value);
            separator = ", ";
        }

        text.Append("}>");
    }

    private static void AppendString(StringBuilder text, string value)
    {
        char quote = value.Contains('\'') && !value.Contains('"') ? '"' : '\'';
        text.Append(quote);
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (c == quote || c == '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c is >= ' ' and < '\x7f')
            {
                text.Append(c);
            }
            else
            {
                i += AppendOther(text, value, i) - 1;
            }
        }

        text.Append(quote);
    }

    /// <returns>The number of UTF-16 units read.</returns>
    private static int AppendOther(StringBuilder text, string value, int index)
    {
        char c = value[index];
        if (c is '\n' or '\r' or '\t')
        {
            text.Append(c switch { '\n' => "\\n", '\r' => "\\r", _ => "\\t" });
            return 1;
        }

        if (!Rune.TryGetRuneAt(value, index, out Rune rune))
        {
            text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            return 1;
        }

        if (PythonText.IsPrintable(rune))
        {
            text.Append(rune.ToString());
        }
        else
        {
            string format = rune.Value <= 0xFF ? "\\x{0:x2}" : rune.Value <= 0xFFFF ? "\\u{0:x4}" : "\\U{0:x8}";
            text.Append(string.Format(CultureInfo.InvariantCulture, format, rune.Value));
        }

        return rune.Utf16SequenceLength;
    }
}
