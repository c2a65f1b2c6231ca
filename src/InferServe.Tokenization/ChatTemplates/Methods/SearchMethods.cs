using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Methods;

/// <summary>The methods that look for something in a string; positions count code points.</summary>
internal static class SearchMethods
{
    public static BooleanValue HasAffix(RenderState state, string text, CallArguments arguments, bool atEnd)
    {
        string name = atEnd ? "endswith" : "startswith";
        BoundArguments bound = arguments.Bind(state, name, "affix", "start", "end");
        (int begin, int end) = Window(text, bound);
        ReadOnlySpan<char> window = begin <= end ? text.AsSpan(begin, end - begin) : "";
        IReadOnlyList<JinjaValue> affixes = bound.Required(0) is TupleValue tuple ? tuple.Items : [bound.Required(0)];
        foreach (JinjaValue affix in affixes)
        {
            if (affix is not StringValue { Text: var wanted })
            {
                throw state.Fail(affix is UndefinedValue undefined
                    ? undefined.Reason
                    : $"{name} first arg must be str or a tuple of str, not {affix.TypeName}");
            }

            if (begin <= end && (atEnd ? window.EndsWith(wanted) : window.StartsWith(wanted)))
            {
                return BooleanValue.True;
            }
        }

        return BooleanValue.False;
    }

    public static IntegerValue Find(RenderState state, string text, CallArguments arguments, string name)
    {
        BoundArguments bound = arguments.Bind(state, name, "sub", "start", "end");
        string wanted = bound.RequiredText(0);
        (int begin, int end) = Window(text, bound);
        int found = -1;
        if (begin <= end)
        {
            ReadOnlySpan<char> window = text.AsSpan(begin, end - begin);
            state.Search(text, wanted);
            found = name[0] == 'r' ? window.LastIndexOf(wanted) : window.IndexOf(wanted);
        }

        if (found < 0)
        {
            return name.EndsWith("find", StringComparison.Ordinal) ? new IntegerValue(-1) : throw state.Fail("substring not found");
        }

        return new IntegerValue(PythonText.ToCodePointIndex(text, begin + found));
    }

    public static JinjaValue Count(RenderState state, string text, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "count", "sub", "start", "end");
        string wanted = bound.RequiredText(0);
        (int begin, int end) = Window(text, bound);
        if (begin > end)
        {
            return new IntegerValue(0);
        }

        state.Search(text, wanted);
        ReadOnlySpan<char> window = text.AsSpan(begin, end - begin);
        return new IntegerValue(wanted.Length == 0 ? PythonText.Length(window.ToString()) + 1 : window.Count(wanted));
    }

    /// <summary>The UTF-16 range that the arguments start and end (the second and third) select.</summary>
    private static (int Begin, int End) Window(string text, BoundArguments bound)
    {
        int length = PythonText.Length(text);
        int start = Clamp(bound.Integer(1, 0), length);
        int end = Math.Min(Clamp(bound.Integer(2, length), length), length);
        return start > length
            ? (1, 0)
            : (PythonText.ToUtf16Index(text, start), PythonText.ToUtf16Index(text, end));
    }

    private static int Clamp(int index, int length) => index < 0 ? Math.Max(0, index + length) : index;
}
