using System.Text.Json;

namespace InferServe.Grammar.Schemas;

/// <summary>Words of the messages about schemas.</summary>
internal static class SchemaErrors
{
    /// <summary>A keyword that cannot be followed exactly.</summary>
    public static GrammarException Unsupported(string pointer, string keyword, string reason) =>
        new($"The keyword \"{keyword}\" at {pointer} is not supported: {reason}.");

    /// <summary>A keyword whose value is not what the specification asks for.</summary>
    public static GrammarException Malformed(string pointer, string keyword, string expected, JsonElement value) =>
        new($"The keyword \"{keyword}\" at {pointer} must be {expected}; it is {Describe(value)}.");

    public static string Describe(JsonElement value)
    {
        const int shown = 60;
        var text = value.GetRawText();
        return text.Length <= shown ? text : text[..shown] + "…";
    }
}
