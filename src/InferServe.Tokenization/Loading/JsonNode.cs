using System.Text;
using System.Text.Json;

namespace InferServe.Tokenization.Loading;

/// <summary>A value in a JSON file with its place, for messages that say where something is wrong.</summary>
/// <param name="Element">The value.</param>
/// <param name="File">The file's name.</param>
/// <param name="Path">The place in the file, such as <c>model.merges</c>; empty for the whole.</param>
internal readonly record struct JsonNode(JsonElement Element, string File, string Path)
{
    public bool IsNull => Element.ValueKind == JsonValueKind.Null;

    /// <summary>A member of this object; null when it is missing or null.</summary>
    public JsonNode? Find(string name)
    {
        Expect(JsonValueKind.Object, "an object");
        return Element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? Child(value, name) : null;
    }

    /// <summary>A member of this object, which must be there.</summary>
    public JsonNode Get(string name) => Find(name) ?? throw Error($"'{name}' is missing");

    /// <summary>The elements of this array.</summary>
    public IEnumerable<JsonNode> Items()
    {
        Expect(JsonValueKind.Array, "an array");
        JsonNode self = this;
        return Element.EnumerateArray().Select((item, index) => new JsonNode(item, self.File, $"{self.Path}[{index}]"));
    }

    public string String()
    {
        Expect(JsonValueKind.String, "a string");
        return Element.GetString()!;
    }

    public bool Bool() => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error($"true or false is expected, not {Shown()}"),
    };

    /// <summary>A token id.</summary>
    public int Id() => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out int id) && id is >= 0 and <= TokenizerLimits.HighestId
        ? id
        : throw Error($"a token id is an integer of 0 to {TokenizerLimits.HighestId}, not {Shown()}");

    /// <summary>A string of limited length.</summary>
    public string Literal() => String() is { Length: <= TokenizerLimits.LiteralLength } text
        ? text
        : throw Error($"this has at most {TokenizerLimits.LiteralLength} characters, not {String().Length}");

    /// <summary>A number of things.</summary>
    public int Count(int least = 0) => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt64(out long count) && count >= least
        ? (int)Math.Min(count, int.MaxValue)
        : throw Error($"an integer of at least {least} is expected, not {Shown()}");

    /// <summary>A single character.</summary>
    public Rune Character() => String() is var text && Rune.TryGetRuneAt(text + '\0', 0, out Rune rune) && rune.Utf16SequenceLength == text.Length
        ? rune
        : throw Error($"one character is expected, not {Shown()}");

    /// <summary>A member that is true or false; the default when it is missing or null.</summary>
    public bool Flag(string name, bool byDefault) => Find(name)?.Bool() ?? byDefault;

    /// <summary>The name of the component's kind.</summary>
    public string Type() => Get("type").String();

    public void Expect(JsonValueKind kind, string what)
    {
        if (Element.ValueKind != kind)
        {
            throw Error($"{what} is expected, not {Shown()}");
        }
    }

    public TokenizerLoadException Error(string problem, Exception? innerException = null) =>
        new($"{File}: {(Path.Length == 0 ? "" : Path + ": ")}{problem}.", innerException);

    /// <summary>The exception for a component that is not supported.</summary>
    public TokenizerLoadException Unsupported(string component, string supported) =>
        Error($"{component} is not supported; supported: {supported}");

    private JsonNode Child(JsonElement value, string name) => new(value, File, Path.Length == 0 ? name : $"{Path}.{name}");

    private string Shown()
    {
        const int MostCharacters = 60;
        string text = Element.GetRawText();
        return text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
    }
}
