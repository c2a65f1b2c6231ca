using InferServe.Grammar.Automata;
using InferServe.Grammar.Compilation;
using InferServe.Grammar.Patterns;

namespace InferServe.Grammar.Schemas;

/// <summary>
/// The formats that are asserted, as regular expressions of whole strings. Each accepts only strings that are valid in the format; where a
/// format allows rare forms, such as internationalized or quoted parts of addresses, they are left out. Other formats are annotations.
/// </summary>
internal static class StringFormats
{
    private const string Day = @"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))";
    private const string Year = @"(?:\d{3}[1-9]|\d\d[1-9]\d|\d[1-9]\d\d|[1-9]\d{3})";
    private const string LeapYear = @"(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)";
    private const string Date = "(?:" + Year + "-" + Day + "|" + LeapYear + "-02-29)";
    private const string Clock = @"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[zZ]|[+-](?:[01]\d|2[0-3]):[0-5]\d)";
    private const string Label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private const string Atom = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+";

    // At most 253 characters in all: three labels of any length, or eight of up to 30 characters.
    private const string ShortLabel = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,28}[a-zA-Z0-9])?";
    private const string Hostname = "(?:" + Label + @"(?:\." + Label + "){0,2}|" + ShortLabel + @"(?:\." + ShortLabel + "){0,7})";

    // RFC 3339, appendix A.
    private const string DurationTime = @"T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)";
    private const string DurationDate = @"(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)(?:" + DurationTime + ")?";

    private const string JsonPointer = "(?:/(?:[^~/]|~[01])*)*";

    private static readonly Dictionary<string, string> s_patterns = new(StringComparer.Ordinal)
    {
        ["date"] = Date,
        ["time"] = Clock,
        ["date-time"] = Date + "[tT]" + Clock,
        ["duration"] = "P(?:" + DurationDate + "|" + DurationTime + @"|\d+W)",
        ["email"] = Atom + @"(?:\." + Atom + ")*@" + Hostname,
        ["hostname"] = Hostname,
        ["ipv4"] = AddressPatterns.Ipv4,
        ["ipv6"] = AddressPatterns.Ipv6,
        ["uri"] = AddressPatterns.Uri.Absolute,
        ["uri-reference"] = AddressPatterns.Uri.Reference,
        ["iri"] = AddressPatterns.Iri.Absolute,
        ["iri-reference"] = AddressPatterns.Iri.Reference,
        ["uri-template"] = AddressPatterns.Template,
        ["uuid"] = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
        ["json-pointer"] = JsonPointer,
        ["relative-json-pointer"] = @"(?:0|[1-9]\d*)(?:#|" + JsonPointer + ")",
    };

    public static bool IsAsserted(string format) => s_patterns.ContainsKey(format);

    /// <summary>The automaton of bodies in <see cref="TextForm.JsonString"/>.</summary>
    public static Dfa Compile(string format, CompileBudget budget) =>
        RegexCompiler.CompileWhole(s_patterns[format], $"format \"{format}\"", TextForm.JsonString, budget);
}
