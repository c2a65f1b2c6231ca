using System.Globalization;
using System.Text;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>Python's <c>json.dumps</c>, which is what models saw tools and arguments written with.</summary>
internal sealed class JsonText(RenderState state, JsonText.Options options)
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <param name="EnsureAscii">Whether characters beyond ASCII become <c>\u</c> escapes.</param>
    /// <param name="Indent">The indentation of one level, or null for one line.</param>
    /// <param name="ItemSeparator">What stands between elements.</param>
    /// <param name="KeySeparator">What stands between a key and its value.</param>
    /// <param name="SortKeys">Whether objects are written in the order of their keys.</param>
    internal sealed record Options(bool EnsureAscii, string? Indent, string ItemSeparator, string KeySeparator, bool SortKeys);

    public static string Write(RenderState state, JinjaValue value, Options options)
    {
        var writer = new JsonText(state, options);
        writer.Append(value);
        return state.Built(writer._text.ToString());
    }

    private void Append(JinjaValue value)
    {
        state.Step();
        state.CheckLength(_text.Length);
        switch (value)
        {
            case StringValue text:
                AppendString(text.Text);
                break;
            case SequenceValue sequence:
                AppendItems('[', ']', sequence.Items, Append);
                break;
            case DictValue dict:
                AppendItems('{', '}', options.SortKeys ? Sorted(dict) : dict.Items, AppendPair);
                break;
            default:
                _text.Append(Scalar(value) ?? throw state.Fail($"Object of type {value.TypeName} is not JSON serializable"));
                break;
        }
    }

    private static string? Scalar(JinjaValue value) => value switch
    {
        NoneValue => "null",
        BooleanValue flag => flag.Value ? "true" : "false",
        IntegerValue number => number.Value.ToString(CultureInfo.InvariantCulture),
        FloatValue number when double.IsFinite(number.Value) => PythonFloat.Repr(number.Value),
        FloatValue number => double.IsNaN(number.Value) ? "NaN" : number.Value > 0 ? "Infinity" : "-Infinity",
        _ => null,
    };

    private void AppendItems<T>(char open, char close, IReadOnlyList<T> items, Action<T> append)
    {
        _text.Append(open);
        _depth++;
        for (int i = 0; i < items.Count; i++)
        {
            _text.Append(i > 0 ? options.ItemSeparator : "");
            AppendLine();
            append(items[i]);
        }

        _depth--;
        if (items.Count > 0)
        {
            AppendLine();
        }

        _text.Append(close);
    }

    private void AppendLine()
    {
        if (options.Indent is { } indent)
        {
            state.CheckLength(_text.Length + ((long)indent.Length * _depth));
            _text.Append('\n');
            _text.Insert(_text.Length, indent, _depth);
        }
    }

    private void AppendPair(KeyValuePair<JinjaValue, JinjaValue> pair)
    {
        string key = pair.Key is StringValue text
            ? text.Text
            : Scalar(pair.Key) ?? throw state.Fail($"keys must be str, int, float, bool or None, not {pair.Key.TypeName}");
        AppendString(key);
        _text.Append(options.KeySeparator);
        Append(pair.Value);
    }

    private List<KeyValuePair<JinjaValue, JinjaValue>> Sorted(DictValue dict) =>
        Ordering.Sort(state, dict.Items, (a, b) => Ordering.Compare(state, a.Key, b.Key, "<"));

    private void AppendString(string value)
    {
        _text.Append('"');
        foreach (char c in value)
        {
            if (Escape(c) is { } escape)
            {
                _text.Append(escape);
            }
            else
            {
                _text.Append(c);
            }
        }

        _text.Append('"');
    }

    private string? Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\f' => "\\f",
        '\b' => "\\b",
        _ when c < ' ' || (c > '~' && options.EnsureAscii) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => null,
    };
}
