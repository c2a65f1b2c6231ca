using System.Globalization;
using System.Text.Json;

namespace InferServe.Gateway.Registry;

/// <summary>Takes values out of <see cref="PlacedJson"/> and writes down every mistake with its place.</summary>
internal sealed class PlacedReader
{
    private readonly List<ModelsFileProblem> _problems = [];

    public IReadOnlyList<ModelsFileProblem> Problems => _problems;

    public void CheckProperties(PlacedJson value, IReadOnlyList<string> known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.Properties)
        {
            if (!known.Contains(property.Name, StringComparer.Ordinal))
            {
                var suggestion = Suggestion.For(property.Name, known);
                var hint = suggestion is null ? $"known are {string.Join(", ", known)}" : $"did you mean \"{suggestion}\"?";
                Report(value.Path, property.Line, property.Column, $"unknown property \"{property.Name}\"; {hint}");
            }
            else if (!seen.Add(property.Name))
            {
                Report(value.Path, property.Line, property.Column, $"property \"{property.Name}\" is given twice");
            }
        }
    }

    /// <summary>A member that is any string, or null when it is absent or none.</summary>
    public PlacedJson? ReadText(PlacedJson parent, string name, bool required = false)
        => Find(parent, name, required) is { } value && Expect(value, JsonValueKind.String, "a string") ? value : null;

    /// <summary>A member that is a string of bounded length, or null when it is absent or wrong.</summary>
    public PlacedJson? ReadText(PlacedJson parent, string name, bool required, int maxLength)
    {
        if (ReadText(parent, name, required) is not { } value)
        {
            return null;
        }

        if (value.Text.Length == 0 || value.Text.Length > maxLength || value.Text.Contains('\0', StringComparison.Ordinal))
        {
            Report(value, $"must have 1 to {maxLength} characters, none of them NUL; has {value.Text.Length}");
            return null;
        }

        return value;
    }

    public List<PlacedJson> ReadArray(PlacedJson parent, string name, bool required, int minimum, int maximum)
    {
        var value = Find(parent, name, required);
        if (value is null || !Expect(value, JsonValueKind.Array, "an array"))
        {
            return [];
        }

        if (value.Items.Count < minimum || value.Items.Count > maximum)
        {
            Report(value, $"must have {minimum} to {maximum} elements, has {value.Items.Count}");
        }

        return value.Items;
    }

    public long? ReadInteger(PlacedJson parent, IntegerProperty property)
    {
        var value = Find(parent, property.Name, required: false);
        if (value is null || !Expect(value, JsonValueKind.Number, "a whole number"))
        {
            return null;
        }

        if (long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= property.Minimum && number <= property.Maximum)
        {
            return number;
        }

        Report(value, $"must be a whole number from {property.Minimum} to {property.Maximum}, is {value.Text}");
        return null;
    }

    public double? ReadNumber(PlacedJson parent, NumberProperty property)
    {
        var value = Find(parent, property.Name, required: false);
        if (value is null || !Expect(value, JsonValueKind.Number, "a number"))
        {
            return null;
        }

        if (double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (property.IsAbove ? number > property.Minimum : number >= property.Minimum) && number <= property.Maximum)
        {
            return number;
        }

        var range = string.Create(CultureInfo.InvariantCulture, $"{(property.IsAbove ? "above " : "from ")}{property.Minimum} to {property.Maximum}");
        Report(value, $"must be a number {range}, is {value.Text}");
        return null;
    }

    /// <summary>A member that is true or false, or null when it is absent or neither.</summary>
    public bool? ReadBoolean(PlacedJson parent, string name)
    {
        var value = Find(parent, name, required: false);
        if (value is null || value.Kind is JsonValueKind.True or JsonValueKind.False)
        {
            return value is null ? null : value.Kind == JsonValueKind.True;
        }

        Report(value, "must be true or false");
        return null;
    }

    /// <summary>A member that is an object with known members only, or null when it is absent or wrong.</summary>
    public PlacedJson? ReadObject(PlacedJson parent, string name, IReadOnlyList<string> known)
    {
        var value = Find(parent, name, required: false);
        if (value is null || !Expect(value, JsonValueKind.Object, "an object"))
        {
            return null;
        }

        CheckProperties(value, known);
        return value;
    }

    /// <summary>A member that is one of a few words; the first word where it is absent or wrong.</summary>
    public string ReadWord(PlacedJson parent, string name, IReadOnlyList<string> words)
    {
        if (ReadText(parent, name) is not { } value)
        {
            return words[0];
        }

        if (!words.Contains(value.Text, StringComparer.Ordinal))
        {
            Report(value, $"must be {string.Join(" or ", words.Select(word => $"\"{word}\""))}, is \"{value.Text}\"");
            return words[0];
        }

        return value.Text;
    }

    /// <summary>A member that is any object, as JSON.</summary>
    public string? ReadJsonObject(PlacedJson parent, string name)
    {
        var value = Find(parent, name, required: false);
        return value is not null && Expect(value, JsonValueKind.Object, "an object") ? value.ToJson() : null;
    }

    /// <summary>A member that is an object of strings, as JSON.</summary>
    public string? ReadTexts(PlacedJson parent, string name)
    {
        foreach (var property in Find(parent, name, required: false)?.Properties ?? [])
        {
            Expect(property.Value, JsonValueKind.String, "a string");
        }

        return ReadJsonObject(parent, name);
    }

    /// <summary>A member that is one of many words, or null when it is absent.</summary>
    public string? ReadOneOf(PlacedJson parent, string name, IReadOnlyList<string> known)
    {
        var value = ReadText(parent, name, required: false, ModelsFileFormat.MaxNameLength);
        if (value is not null && !known.Contains(value.Text, StringComparer.Ordinal))
        {
            Report(value, $"must be one of {string.Join(", ", known)}, is \"{value.Text}\"");
        }

        return value?.Text;
    }

    public PlacedJson? Find(PlacedJson parent, string name, bool required)
    {
        var found = parent.Properties.Find(property => string.Equals(property.Name, name, StringComparison.Ordinal))?.Value;
        if (found is null && required)
        {
            Report(parent, $"\"{name}\" is missing");
        }

        return found;
    }

    public bool Expect(PlacedJson value, JsonValueKind kind, string description)
    {
        if (value.Kind == kind)
        {
            return true;
        }

        Report(value, $"must be {description}, is {Describe(value.Kind)}");
        return false;
    }

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    public void Report(PlacedJson value, string message) => Report(value.Path, value.Line, value.Column, message);

    public void Report(string path, int line, int column, string message) => _problems.Add(new ModelsFileProblem(path, line, column, message));
}
