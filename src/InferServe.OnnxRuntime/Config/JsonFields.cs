using System.Text.Json;

namespace InferServe.OnnxRuntime.Config;

/// <summary>
/// Reads the fields of one JSON object and adds a sentence with the field's place to a list for each one that is missing or
/// wrong, so that a config's mistakes are all reported at once. A missing object is reported once and then reads as empty.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement? _object;
    private readonly string _path;
    private readonly List<string> _problems;

    private JsonFields(JsonElement? element, string path, List<string> problems)
    {
        _object = element;
        _path = path;
        _problems = problems;
    }

    /// <summary>Wraps the root; <paramref name="file"/> starts every place.</summary>
    public static JsonFields OfRoot(JsonElement root, string file, List<string> problems)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            return new JsonFields(root, file + ": ", problems);
        }

        problems.Add($"{file} must hold a JSON object, it holds {Describe(root)}");
        return new JsonFields(null, file + ": ", problems);
    }

    /// <summary>Whether reading a document failed because of its text. Texts that are no valid Unicode show only when they are read.</summary>
    public static bool IsMalformed(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <summary>Names of the fields, in the order of the file; JSON null counts as absent.</summary>
    public IEnumerable<string> Names => _object is { } element
        ? element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null).Select(member => member.Name).Distinct()
        : [];

    public bool Has(string name) => Find(name) is not null;

    /// <summary>An object within this one.</summary>
    public JsonFields Section(string name, bool required)
    {
        string path = $"{_path}{name}.";
        switch (Find(name))
        {
            case { ValueKind: JsonValueKind.Object } element:
                return new JsonFields(element, path, _problems);
            case { } element:
                Report(name, $"must be an object, got {Describe(element)}");
                break;
            default:
                ReportMissing(name, required);
                break;
        }

        return new JsonFields(null, path, _problems);
    }

    /// <summary>The objects of a list; none where the field is absent.</summary>
    public IReadOnlyList<JsonFields> Items(string name)
    {
        if (Find(name) is not { } element)
        {
            return [];
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            Report(name, $"must be a list, got {Describe(element)}");
            return [];
        }

        List<JsonFields> items = [];
        foreach (var item in element.EnumerateArray())
        {
            string place = $"{name}[{items.Count}]";
            bool isObject = item.ValueKind == JsonValueKind.Object;
            if (!isObject)
            {
                Report(place, $"must be an object, got {Describe(item)}");
            }

            items.Add(new JsonFields(isObject ? item : null, $"{_path}{place}.", _problems));
        }

        return items;
    }

    /// <summary>A text, number or truth value as text.</summary>
    public string? ScalarText(string name, int longest)
    {
        if (Find(name) is not { } element)
        {
            return null;
        }

        string? text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.True => "1",
            JsonValueKind.False => "0",
            _ => null,
        };
        if (text is not null && text.Length <= longest && !text.Contains('\0'))
        {
            return text;
        }

        Report(name, $"must be a text, number or truth value of at most {longest} characters, got {Describe(element)}");
        return null;
    }

    public int Int(string name, int least, int most) => OptionalInt(name, least, most, required: true) ?? least;

    public int? OptionalInt(string name, int least, int most, bool required = false)
    {
        if (Find(name) is not { } element)
        {
            ReportMissing(name, required);
            return null;
        }

        return IntOf(name, element, least, most);
    }

    /// <summary>A list of integers, or one integer.</summary>
    public IReadOnlyList<int> Ints(string name, int least, int most)
    {
        if (Find(name) is not { } element)
        {
            ReportMissing(name, required: true);
            return [];
        }

        IEnumerable<JsonElement> elements = element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [element];
        List<int> values = [.. elements.Select(item => IntOf(name, item, least, most)).OfType<int>().Distinct()];
        if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0)
        {
            Report(name, "must not be an empty list");
        }

        return values;
    }

    /// <summary>A number within bounds, the lower one excluded on demand.</summary>
    public float? OptionalNumber(string name, float least, float most, bool aboveLeast = false)
    {
        if (Find(name) is not { } element)
        {
            return null;
        }

        if (element.ValueKind == JsonValueKind.Number && element.TryGetSingle(out float value)
            && value <= most && (aboveLeast ? value > least : value >= least))
        {
            return value;
        }

        Report(name, FormattableString.Invariant(
            $"must be a number {(aboveLeast ? "above" : "of at least")} {least} and at most {most}, got {Describe(element)}"));
        return null;
    }

    public bool? OptionalBool(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.True }:
                return true;
            case { ValueKind: JsonValueKind.False }:
                return false;
            case { } element:
                Report(name, $"must be true or false, got {Describe(element)}");
                return null;
        }
    }

    public string Text(string name) => OptionalText(name, required: true) ?? "";

    public string? OptionalText(string name, bool required = false)
    {
        switch (Find(name))
        {
            case null:
                ReportMissing(name, required);
                return null;
            case { ValueKind: JsonValueKind.String } element when element.GetString() is { Length: > 0 } text:
                return text;
            case { } element:
                Report(name, $"must be a text that is not empty, got {Describe(element)}");
                return null;
        }
    }

    /// <summary>Adds a sentence about a field of this object.</summary>
    public void Report(string name, string sentence) => _problems.Add($"{_path}{name} {sentence}");

    private int? IntOf(string name, JsonElement element, int least, int most)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) && value >= least && value <= most)
        {
            return value;
        }

        Report(name, $"must be a whole number between {least} and {most}, got {Describe(element)}");
        return null;
    }

    private void ReportMissing(string name, bool required)
    {
        if (required && _object is not null)
        {
            Report(name, "is missing");
        }
    }

    /// <summary>The field's value; null where it is absent or JSON null.</summary>
    private JsonElement? Find(string name)
    {
        return _object is { } element && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
    }

    private static string Describe(JsonElement element)
    {
        const int Longest = 40;
        string text = element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            _ => element.GetRawText(),
        };
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
