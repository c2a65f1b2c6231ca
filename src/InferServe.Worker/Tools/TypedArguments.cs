using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using InferServe.Grammar;

namespace InferServe.Worker.Tools;

/// <summary>Arguments that are written one by one as text: their types are those that the function's schema tells.</summary>
internal static class TypedArguments
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The arguments as a JSON object.</summary>
    /// <param name="values">Names and values as the model wrote them; of several with one name the last counts.</param>
    /// <param name="function">The function, or null when the request does not offer it.</param>
    public static string ToJson(IReadOnlyList<KeyValuePair<string, string>> values, ToolFunction? function)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            foreach (var (name, text) in new OrderedDictionary<string, string>(Distinct(values)))
            {
                writer.WritePropertyName(Whole(name));
                Write(writer, text, function?.Parameter(name));
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The arguments of a call in the order of the schema: the required ones, and the others at will.</summary>
    /// <param name="function">The function.</param>
    /// <param name="before">What stands before the value of a key.</param>
    /// <param name="text">What a string may look like.</param>
    /// <param name="after">What stands behind a value.</param>
    public static IEnumerable<GrammarExpression> Members(
        ToolGrammar function, Func<string, GrammarExpression> before, GrammarExpression text, GrammarExpression after)
    {
        using var schema = JsonDocument.Parse(function.Arguments);
        var root = schema.RootElement.Clone();
        foreach (var (name, property, required) in Properties(root))
        {
            var value = !IsText(property) ? GrammarExpression.Schema(WithDefinitions(property, root))
                : property.TryGetProperty("enum", out var options) ? GrammarExpression.OneOf([.. options.EnumerateArray().Select(option => option.GetString()!)])
                : text;
            var member = GrammarExpression.Sequence(before(name), value, after);
            yield return required ? member : GrammarExpression.Repeat(member, 0, 1);
        }
    }

    /// <summary>The properties that a schema of an object names, in its order.</summary>
    public static IReadOnlyList<(string Name, JsonElement Schema, bool Required)> Properties(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        return [.. properties.EnumerateObject().Select(property => (property.Name, property.Value, required.Contains(property.Name)))];
    }

    /// <summary>The schema of a part, with the definitions that it may refer to.</summary>
    public static string WithDefinitions(JsonElement schema, JsonElement root)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.GetRawText();
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var property in schema.EnumerateObject().Concat(root.EnumerateObject().Where(property => property.Name is "$defs" or "definitions")))
            {
                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Text that does not hold a closing tag, whose first character occurs in it once.</summary>
    public static GrammarExpression TextWithout(string close)
    {
        // From the inside: after a part of the tag comes a character that neither continues it nor begins it anew.
        var first = Class(close[0]);
        var (breaking, partial) = (string.Empty, string.Empty);
        for (var i = close.Length - 1; i > 0; i--)
        {
            var here = $"[^{first}{Class(close[i])}]";
            breaking = breaking.Length == 0 ? here : $"(?:{here}|{Regex.Escape(close[i].ToString())}{breaking})";
            partial = i == close.Length - 1 ? partial : $"(?:{Regex.Escape(close[i].ToString())}{partial})?";
        }

        var begin = Regex.Escape(close[0].ToString());
        return GrammarExpression.Regex($"(?:[^{first}]|(?:{begin}{partial})*{begin}{breaking})*(?:{begin}{partial})*");
    }

    /// <summary>Whether a value is written as plain text.</summary>
    private static bool IsText(JsonElement? schema) =>
        schema is { ValueKind: JsonValueKind.Object } known
        && ((known.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("string"))
            || (known.TryGetProperty("enum", out var options) && options.ValueKind == JsonValueKind.Array
                && options.GetArrayLength() > 0
                && options.EnumerateArray().All(option => option.ValueKind == JsonValueKind.String)));

    private static void Write(Utf8JsonWriter writer, string text, JsonElement? schema)
    {
        if (!IsText(schema) && TryParse(text) is { } value)
        {
            value.WriteTo(writer);
        }
        else
        {
            writer.WriteStringValue(Whole(text));
        }
    }

    private static JsonElement? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Python's spelling of the three words.
            return text.Trim() switch
            {
                "True" => JsonElement.Parse("true"),
                "False" => JsonElement.Parse("false"),
                "None" => JsonElement.Parse("null"),
                _ => null,
            };
        }
    }

    private static Dictionary<string, string> Distinct(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var distinct = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in values)
        {
            distinct[name] = text;
        }

        return distinct;
    }

    /// <summary>Half of a surrogate pair cannot be written as JSON.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Class(char c) => c is ']' or '\\' or '^' or '-' ? $"\\{c}" : c.ToString();
}
