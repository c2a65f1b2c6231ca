using System.Collections.Frozen;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Methods;

/// <summary>Python's methods of strings.</summary>
internal static class StringMethods
{
    private delegate JinjaValue Method(RenderState state, string text, CallArguments arguments);

    private static readonly FrozenDictionary<string, Method> Table = new Dictionary<string, Method>
    {
        ["strip"] = static (s, text, a) => Text(StringOperations.Strip(s, text, a.Bind(s, "strip", "chars").Text(0), true, true)),
        ["lstrip"] = static (s, text, a) => Text(StringOperations.Strip(s, text, a.Bind(s, "lstrip", "chars").Text(0), true, false)),
        ["rstrip"] = static (s, text, a) => Text(StringOperations.Strip(s, text, a.Bind(s, "rstrip", "chars").Text(0), false, true)),
        ["upper"] = static (s, text, a) => Plain(s, a, "upper", CaseMapping.Upper(text)),
        ["lower"] = static (s, text, a) => Plain(s, a, "lower", CaseMapping.Lower(text)),
        ["casefold"] = static (s, text, a) => Plain(s, a, "casefold", CaseMapping.Fold(text)),
        ["title"] = static (s, text, a) => Plain(s, a, "title", CaseMapping.Title(text)),
        ["capitalize"] = static (s, text, a) => Plain(s, a, "capitalize", CaseMapping.Capitalize(text)),
        ["swapcase"] = static (s, text, a) => Plain(s, a, "swapcase", CaseMapping.Swap(text)),
        ["split"] = static (s, text, a) => SplitMethods.Split(s, text, a, fromRight: false),
        ["rsplit"] = static (s, text, a) => SplitMethods.Split(s, text, a, fromRight: true),
        ["splitlines"] = SplitMethods.SplitLines,
        ["partition"] = static (s, text, a) => SplitMethods.Partition(s, text, a, fromRight: false),
        ["rpartition"] = static (s, text, a) => SplitMethods.Partition(s, text, a, fromRight: true),
        ["replace"] = static (s, text, a) => Replace(s, text, a.Bind(s, "replace", "old", "new", "count")),
        ["join"] = static (s, text, a) => Join(s, text, a.Bind(s, "join", "iterable").Required(0)),
        ["startswith"] = static (s, text, a) => SearchMethods.HasAffix(s, text, a, atEnd: false),
        ["endswith"] = static (s, text, a) => SearchMethods.HasAffix(s, text, a, atEnd: true),
        ["find"] = static (s, text, a) => SearchMethods.Find(s, text, a, "find"),
        ["rfind"] = static (s, text, a) => SearchMethods.Find(s, text, a, "rfind"),
        ["index"] = static (s, text, a) => SearchMethods.Find(s, text, a, "index"),
        ["rindex"] = static (s, text, a) => SearchMethods.Find(s, text, a, "rindex"),
        ["count"] = SearchMethods.Count,
        ["removeprefix"] = static (s, text, a) => a.Bind(s, "removeprefix", "prefix").RequiredText(0) is var affix
            && text.StartsWith(affix, StringComparison.Ordinal) ? Text(text[affix.Length..]) : Text(text),
        ["removesuffix"] = static (s, text, a) => a.Bind(s, "removesuffix", "suffix").RequiredText(0) is var affix
            && text.EndsWith(affix, StringComparison.Ordinal) ? Text(text[..^affix.Length]) : Text(text),
        ["ljust"] = static (s, text, a) => Padding.Pad(s, text, a, "ljust"),
        ["rjust"] = static (s, text, a) => Padding.Pad(s, text, a, "rjust"),
        ["center"] = static (s, text, a) => Padding.Pad(s, text, a, "center"),
        ["zfill"] = static (s, text, a) => Padding.ZeroFill(s, text, a.Bind(s, "zfill", "width").Integer(0, 0)),
        ["expandtabs"] = static (s, text, a) => Text(StringOperations.ExpandTabs(s, text, a.Bind(s, "expandtabs", "tabsize").Integer(0, 8))),
        ["format_map"] = static (s, text, a) => Text(BraceFormat.Format(s, text, MapArguments(s, a.Bind(s, "format_map", "mapping").Required(0)))),
        ["isascii"] = static (s, text, a) => Holds(s, a, "isascii", text.All(char.IsAscii)),
        ["isidentifier"] = static (s, text, a) => Holds(s, a, "isidentifier", CharacterClasses.IsIdentifier(text)),
        ["isprintable"] = static (s, text, a) => Holds(s, a, "isprintable", text.EnumerateRunes().All(PythonText.IsPrintable)),
        ["istitle"] = static (s, text, a) => Holds(s, a, "istitle", CharacterClasses.IsTitle(text)),
        ["format"] = static (s, text, a) => Text(BraceFormat.Format(s, text, a)),
        ["isdigit"] = static (s, text, a) => Holds(s, a, "isdigit", CharacterClasses.All(text, char.IsDigit)),
        ["isdecimal"] = static (s, text, a) => Holds(s, a, "isdecimal", CharacterClasses.All(text, char.IsDigit)),
        ["isnumeric"] = static (s, text, a) => Holds(s, a, "isnumeric", CharacterClasses.All(text, char.IsNumber)),
        ["isalpha"] = static (s, text, a) => Holds(s, a, "isalpha", CharacterClasses.All(text, char.IsLetter)),
        ["isalnum"] = static (s, text, a) => Holds(s, a, "isalnum", CharacterClasses.All(text, c => char.IsLetter(c) || char.IsNumber(c))),
        ["isspace"] = static (s, text, a) => Holds(s, a, "isspace", CharacterClasses.All(text, PythonText.IsSpace)),
        ["islower"] = static (s, text, a) => Holds(s, a, "islower", CharacterClasses.IsLower(text)),
        ["isupper"] = static (s, text, a) => Holds(s, a, "isupper", CharacterClasses.IsUpper(text)),
    }.ToFrozenDictionary();

    public static JinjaValue? Find(StringValue receiver, string name) => Table.TryGetValue(name, out Method? method)
        ? new FunctionValue(name, (state, arguments) => Invoke(state, receiver, name, method, arguments))
        : null;

    /// <summary>The methods of a safe string escape their arguments and give safe strings, except those that only look.</summary>
    private static JinjaValue Invoke(RenderState state, StringValue receiver, string name, Method method, CallArguments arguments)
    {
        state.Scan(receiver.Text.Length);
        bool looks = name is "startswith" or "endswith" or "find" or "rfind" or "index" or "rindex" or "count" or "split" or "rsplit";
        arguments = receiver.IsSafe && !looks ? Escaped(arguments) : arguments;
        JinjaValue result = method(state, receiver.Text, arguments);
        return receiver.IsSafe ? MarkSafe(result) : result;
    }

    private static CallArguments Escaped(CallArguments arguments) => new(
        [.. arguments.Positional.Select(Escaped)], [.. arguments.Named.Select(pair => KeyValuePair.Create(pair.Key, Escaped(pair.Value)))]);

    private static JinjaValue Escaped(JinjaValue value) => value switch
    {
        StringValue { IsSafe: false } text => new StringValue(HtmlText.Escape(text.Text), isSafe: true),
        ListValue list => new ListValue([.. list.Items.Select(item => item is StringValue ? Escaped(item) : item)]),
        _ => value,
    };

    private static JinjaValue MarkSafe(JinjaValue value) => value switch
    {
        StringValue text => new StringValue(text.Text, isSafe: true),
        ListValue list => new ListValue([.. list.Items.Select(MarkSafe)]),
        TupleValue tuple => new TupleValue([.. tuple.Items.Select(MarkSafe)]),
        _ => value,
    };

    private static StringValue Text(string text) => new(text);

    private static CallArguments MapArguments(RenderState state, JinjaValue mapping) => mapping is DictValue dict
        ? new CallArguments([], [.. dict.Items.Where(pair => pair.Key is StringValue).Select(pair => KeyValuePair.Create(((StringValue)pair.Key).Text, pair.Value))])
        : throw state.Fail($"format_map() needs a mapping, not '{mapping.TypeName}'");

    private static StringValue Plain(RenderState state, CallArguments arguments, string name, string text)
    {
        arguments.Bind(state, name);
        return new StringValue(state.Built(text));
    }

    private static BooleanValue Holds(RenderState state, CallArguments arguments, string name, bool holds)
    {
        arguments.Bind(state, name);
        return BooleanValue.Of(holds);
    }

    private static StringValue Replace(RenderState state, string text, BoundArguments bound) =>
        new(StringOperations.Replace(state, text, bound.RequiredText(0), bound.RequiredText(1), bound.Integer(2, -1)));

    private static StringValue Join(RenderState state, string separator, JinjaValue items)
    {
        IEnumerable<string> texts = Iteration.Of(state, items).Select((item, index) => item is StringValue text
            ? text.Text
            : throw state.Fail($"sequence item {index}: expected str instance, {item.TypeName} found"));
        return new StringValue(StringOperations.Join(state, separator, texts));
    }
}
