using System.Globalization;
using System.Text.Json;

namespace InferServe.Gateway.Registry;

/// <summary>Reads values out of <see cref="PlacedJson"/> and collects the mistakes with their places.</summary>
internal sealed class PlacedJsonCheck
{
    private readonly List<ModelsFileProblem> _problems = [];

    public IReadOnlyList<ModelsFileProblem> Problems => _problems;

    /// <summary>Reports properties that are not known or given twice.</summary>
    public void Properties(PlacedJson value, IReadOnlyList<string> known)
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

    /// <summary>The string property, or null with a report when it is none or required and absent.</summary>
    public PlacedJson? Text(PlacedJson parent, string name, bool required = false)
        => Find(parent, name, required) is { } value && Expect(value, JsonValueKind.String, "a string") ? value : null;

    /// <summary>The elements of the array property; null when it is absent or no array.</summary>
    public IReadOnlyList<PlacedJson>? Array(PlacedJson parent, string name, bool required, int minimum, int maximum)
    {
        if (Find(parent, name, required) is not { } value || !Expect(value, JsonValueKind.Array, "an array"))
        {
            return null;
        }

        if (value.Items.Count < minimum || value.Items.Count > maximum)
        {
            Report(value, $"must have {minimum} to {maximum} elements, has {value.Items.Count}");
        }

        return value.Items;
    }

    public int? Integer(PlacedJson parent, IntegerProperty property)
    {
        if (Find(parent, property.Name, required: false) is not { } value || !Expect(value, JsonValueKind.Number, "a whole number"))
        {
            return null;
        }

        if (int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= property.Minimum && number <= property.Maximum)
        {
            return number;
        }

        Report(value, $"must be a whole number from {property.Minimum} to {property.Maximum}, is {value.Text}");
        return null;
    }

    public bool? Boolean(PlacedJson parent, string name)
    {
        var value = Find(parent, name, required: false);
        if (value is null || value.Kind is JsonValueKind.True or JsonValueKind.False)
        {
            return value is null ? null : value.Kind == JsonValueKind.True;
        }

        Report(value, "must be true or false");
        return null;
    }

    public bool Expect(PlacedJson value, JsonValueKind kind, string description)
    {
        if (value.Kind != kind)
        {
            Report(value, $"must be {description}, is {Describe(value.Kind)}");
        }

        return value.Kind == kind;
    }

    public void Report(PlacedJson value, string message) => Report(value.Path, value.Line, value.Column, message);

    public void Report(string path, int line, int column, string message) => _problems.Add(new ModelsFileProblem(path, line, column, message));

    private PlacedJson? Find(PlacedJson parent, string name, bool required)
    {
        var found = parent.Properties.Find(property => string.Equals(property.Name, name, StringComparison.Ordinal))?.Value;
        if (found is null && required)
        {
            Report(parent, $"\"{name}\" is missing");
        }

        return found;
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
}
