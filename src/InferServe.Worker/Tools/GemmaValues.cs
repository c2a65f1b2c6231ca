using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using InferServe.Grammar;

namespace InferServe.Worker.Tools;

/// <summary>Gemma's notation of arguments: JSON with bare keys, and with marks in place of a string's quotes.</summary>
internal static class GemmaValues
{
    /// <returns>The value as JSON, or null when it is none.</returns>
    public static string? ToJson(string text, string quote)
    {
        var json = new StringBuilder(text.Length);
        var parts = text.Split(quote);
        if (parts.Length % 2 == 0)
        {
            return null;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            // Every second part is a string; the others are structure, numbers and words.
            json.Append(i % 2 == 1 ? Quoted(parts[i]) : QuoteKeys(parts[i]));
        }

        return JsonCalls.Arguments(json.ToString());
    }

    /// <summary><c>name{key:value,…}</c> with the arguments in the order of the schema.</summary>
    public static GrammarExpression Grammar(ToolGrammar function, GrammarExpression quote, string quoteText)
    {
        using var schema = JsonDocument.Parse(function.Arguments);
        var (first, rest) = (GrammarExpression.Literal(""), GrammarExpression.Literal(""));
        foreach (var (name, value, required) in TypedArguments.Properties(schema.RootElement).Reverse())
        {
            var argument = GrammarExpression.Sequence(GrammarExpression.Literal($"{name}:"), Value(value, quote, quoteText));
            var begun = GrammarExpression.Sequence(argument, rest);
            first = required ? begun : GrammarExpression.Choice(begun, first);
            var next = GrammarExpression.Sequence(GrammarExpression.Literal(","), argument);
            rest = GrammarExpression.Sequence(required ? next : GrammarExpression.Repeat(next, 0, 1), rest);
        }

        return GrammarExpression.Sequence(GrammarExpression.Literal(function.Name + "{"), first, GrammarExpression.Literal("}"));
    }

    private static GrammarExpression Value(JsonElement schema, GrammarExpression quote, string quoteText)
    {
        var type = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var given) && given.ValueKind == JsonValueKind.String
            ? given.GetString()
            : null;
        GrammarExpression Text(GrammarExpression inner) => GrammarExpression.Sequence(quote, inner, quote);
        return type switch
        {
            "string" when schema.TryGetProperty("enum", out var options) && options.ValueKind == JsonValueKind.Array
                && options.GetArrayLength() > 0 && options.EnumerateArray().All(option => option.ValueKind == JsonValueKind.String) =>
                Text(GrammarExpression.OneOf([.. options.EnumerateArray().Select(option => option.GetString()!)])),
            "string" => Text(TypedArguments.TextWithout(quoteText)),
            "array" when schema.TryGetProperty("items", out var items) => List(Value(items, quote, quoteText)),
            "integer" or "number" or "boolean" or "null" => GrammarExpression.Schema(schema.GetRawText(), compact: true),
            // Objects and values of any type: what has no strings, which need the marks.
            _ => GrammarExpression.Choice(
                Text(TypedArguments.TextWithout(quoteText)), GrammarExpression.Schema("""{"type":["number","boolean","null"]}""", compact: true)),
        };
    }

    private static GrammarExpression List(GrammarExpression item) => GrammarExpression.Sequence(
        GrammarExpression.Literal("["),
        GrammarExpression.Repeat(
            GrammarExpression.Sequence(item, GrammarExpression.Repeat(GrammarExpression.Sequence(GrammarExpression.Literal(","), item), 0, null)), 0, 1),
        GrammarExpression.Literal("]"));

    private static string Quoted(string text) =>
        $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)))}\"";

    /// <summary>A bare word before a colon is a key.</summary>
    private static string QuoteKeys(string structure)
    {
        var result = new StringBuilder(structure.Length);
        var begin = 0;
        for (var i = 0; i < structure.Length; i++)
        {
            if (structure[i] == ':')
            {
                var key = structure[begin..i].Trim();
                result.Append(key.Length > 0 ? Quoted(key) : string.Empty).Append(':');
                begin = i + 1;
            }
            else if (structure[i] is '{' or '}' or '[' or ']' or ',')
            {
                result.Append(structure, begin, i + 1 - begin);
                begin = i + 1;
            }
        }

        return result.Append(structure, begin, structure.Length - begin).ToString();
    }
}
