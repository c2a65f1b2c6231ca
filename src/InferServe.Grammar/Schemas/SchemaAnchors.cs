using System.Globalization;
using System.Text.Json;

namespace InferServe.Grammar.Schemas;

/// <summary>Finds the places that references name.</summary>
internal static class SchemaAnchors
{
    /// <summary>Pointers by the values of <c>$id</c>, <c>id</c> and <c>$anchor</c>, those of the document itself included.</summary>
    public static Dictionary<string, string> Find(JsonElement document)
    {
        var anchors = new Dictionary<string, string>();
        var pending = new Stack<(JsonElement Element, string Pointer)>();
        pending.Push((document, "#"));
        while (pending.TryPop(out var place))
        {
            if (place.Element.ValueKind == JsonValueKind.Array)
            {
                var index = 0;
                foreach (var item in place.Element.EnumerateArray())
                {
                    pending.Push((item, $"{place.Pointer}/{index++}"));
                }
            }
            else if (place.Element.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in place.Element.EnumerateObject())
                {
                    if (property.Value.ValueKind == JsonValueKind.String && property.Name is "$id" or "id" or "$anchor")
                    {
                        var name = property.Value.GetString()!;
                        anchors.TryAdd(property.Name == "$anchor" ? "#" + name : name.TrimEnd('#'), place.Pointer);
                    }

                    pending.Push((property.Value, $"{place.Pointer}/{Escape(property.Name)}"));
                }
            }
        }

        return anchors;
    }

    /// <summary>The value at a pointer that begins with <c>#</c> (RFC 6901).</summary>
    public static JsonElement Find(JsonElement document, string pointer, SchemaNode asker)
    {
        var element = document;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var found = element.ValueKind switch
            {
                JsonValueKind.Object => element.TryGetProperty(name, out element),
                JsonValueKind.Array => TryGetItem(ref element, name),
                _ => false,
            };
            if (!found)
            {
                throw new GrammarException($"The keyword \"$ref\" at {asker.Pointer} names {asker.Reference}, where there is nothing.");
            }
        }

        return element;
    }

    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static bool TryGetItem(ref JsonElement element, string name)
    {
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= element.GetArrayLength())
        {
            return false;
        }

        element = element[index];
        return true;
    }
}
