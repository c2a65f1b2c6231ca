using System.Text;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Methods;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>Filters from text to text. What is not a string is taken as <c>str()</c> writes it; a safe string stays safe.</summary>
internal static class TextFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["upper"] = static (s, input, _) => Map(s, input, CaseMapping.Upper),
        ["lower"] = static (s, input, _) => Map(s, input, CaseMapping.Lower),
        ["title"] = static (s, input, _) => Map(s, input, Title),
        ["capitalize"] = static (s, input, _) => Map(s, input, CaseMapping.Capitalize),
        ["trim"] = static (s, input, a) => Trim(s, input, a.Bind(s, "trim", "chars").Text(0)),
        ["replace"] = Replace,
        ["indent"] = Indent,
        ["center"] = static (s, input, a) => Center(s, input, a.Bind(s, "center", "width").Integer(0, 80)),
        ["truncate"] = Truncate,
        ["wordcount"] = static (s, input, _) => new IntegerValue(CountWords(PythonRepr.Str(s, input))),
        ["format"] = FormatText,
        ["striptags"] = static (s, input, _) => Map(s, input, TagStripper.Strip),
        ["filesizeformat"] = FileSize.Format,
        ["xmlattr"] = static (s, input, a) => XmlAttributes.Format(s, input, a.Bind(s, "xmlattr", "autospace").Flag(0, otherwise: true)),
        ["urlencode"] = static (s, input, _) => new StringValue(UrlEncoding.Encode(s, input)),
    };

    private static StringValue Map(RenderState state, JinjaValue input, Func<string, string> change) =>
        new(state.Built(change(PythonRepr.Str(state, input))), IsSafe(input));

    private static bool IsSafe(JinjaValue value) => value is StringValue { IsSafe: true };

    private static StringValue Trim(RenderState state, JinjaValue input, string? chars) =>
        Map(state, input, text => StringOperations.Strip(state, text, chars, left: true, right: true));

    /// <summary>Unlike <c>str.title()</c>, only blanks, hyphens and opening brackets begin a word.</summary>
    private static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        bool begins = true;
        foreach (Rune rune in text.EnumerateRunes())
        {
            result.Append(begins ? CaseMapping.Upper(rune.ToString()) : CaseMapping.Lower(rune.ToString()));
            begins = rune.IsBmp && (PythonText.IsSpace((char)rune.Value) || (char)rune.Value is '-' or '(' or '{' or '[' or '<');
        }

        return result.ToString();
    }

    private static StringValue Replace(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "replace", "old", "new", "count");
        string old = PythonRepr.Str(state, bound.Required(0));
        string replacement = PythonRepr.Str(state, bound.Required(1));
        return new StringValue(StringOperations.Replace(state, PythonRepr.Str(state, input), old, replacement, bound.Integer(2, -1)));
    }

    private static StringValue Indent(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "indent", "width", "first", "blank");
        if (input is not StringValue)
        {
            throw state.Fail(input is UndefinedValue undefined
                ? undefined.Reason
                : $"unsupported operand type(s) for +=: '{input.TypeName}' and 'str'");
        }

        int width = bound[0] is StringValue ? 0 : Math.Max(0, bound.Integer(0, 4));
        state.CheckLength(width);
        string indentation = bound[0] is StringValue given ? given.Text : new string(' ', width);
        bool blank = bound.Flag(2);
        IEnumerable<string> lines = SplitMethods.Lines(PythonRepr.Str(state, input) + "\n", keepEnds: false)
            .Select((line, index) => index > 0 && (blank || line.Length > 0) ? indentation + line : line);
        string text = StringOperations.Join(state, "\n", lines);
        return new StringValue(state.Built(bound.Flag(1) ? indentation + text : text), IsSafe(input));
    }

    private static StringValue Center(RenderState state, JinjaValue input, int width) =>
        new(Padding.Pad(state, PythonRepr.Str(state, input), width, " ", "center"), IsSafe(input));

    private static JinjaValue Truncate(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "truncate", "length", "killwords", "end", "leeway");
        string text = PythonRepr.Str(state, input);
        string end = bound.Text(2) ?? "...";
        int length = bound.Integer(0, 255);
        int room = length - PythonText.Length(end);
        int leeway = bound.Integer(3, 5);
        if (room < 0 || leeway < 0)
        {
            throw state.Fail($"expected length >= {PythonText.Length(end)} and leeway >= 0, got {length} and {leeway}");
        }

        int? measured = Truth.Length(input);
        if (measured is null)
        {
            throw state.Fail($"object of type '{input.TypeName}' has no len()");
        }

        if (measured <= (long)length + leeway)
        {
            return input;
        }

        if (input is not StringValue)
        {
            throw state.Fail($"'{input.TypeName}' cannot be truncated");
        }

        string cut = text[..PythonText.ToUtf16Index(text, room)];
        int blank = bound.Flag(1) ? -1 : cut.LastIndexOf(' ');
        return new StringValue(state.Built((blank < 0 ? cut : cut[..blank]) + end), IsSafe(input));
    }

    private static int CountWords(string text)
    {
        int count = 0;
        bool inWord = false;
        foreach (char c in text)
        {
            bool isWord = c == '_' || char.IsLetterOrDigit(c);
            count += isWord && !inWord ? 1 : 0;
            inWord = isWord;
        }

        return count;
    }

    private static StringValue FormatText(RenderState state, JinjaValue input, CallArguments arguments)
    {
        if (arguments.Positional.Count > 0 && arguments.Named.Count > 0)
        {
            throw state.Fail("can't handle positional and keyword arguments at the same time");
        }

        var named = new DictValue();
        foreach ((string name, JinjaValue value) in arguments.Named)
        {
            named.Set(new StringValue(name), value);
        }

        JinjaValue values = named.Count > 0 ? named : new TupleValue(arguments.Positional);
        return PrintfFormat.Format(state, input as StringValue ?? new StringValue(PythonRepr.Str(state, input)), values);
    }
}
