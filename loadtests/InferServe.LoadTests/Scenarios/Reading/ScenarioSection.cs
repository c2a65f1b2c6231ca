using System.Globalization;
using System.Text.Json;
using InferServe.LoadTests.Scenarios.Json;

namespace InferServe.LoadTests.Scenarios.Reading;

/// <summary>
/// Reads the properties of one object of a scenario file. Every read names its rule; what does not keep it is a mistake with its place, and the
/// read returns a value that keeps it, so that reading goes on.
/// </summary>
internal sealed class ScenarioSection(PlacedNode node, ScenarioMistakes mistakes, IReadOnlyDictionary<string, string> variables)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public PlacedNode Node => node;

    public bool Has(string name) => Take(name) is not null;

    public void Mistake(string rule) => mistakes.Add(node, rule);

    public void Mistake(string name, string rule) => mistakes.Add(node.Find(name) ?? node, rule);

    /// <summary>A number, or a <c>${…}</c> that gives one.</summary>
    public double Number(string name, double least, double most, double? otherwise = null)
    {
        PlacedNode? value = Take(name);
        if (value is null)
        {
            if (otherwise is null)
            {
                mistakes.Add(node, $"{name} is missing");
            }

            return otherwise ?? least;
        }

        return NumberOf(value, least, most);
    }

    public int Whole(string name, int least, int most, int? otherwise = null)
    {
        double value = Number(name, least, most, otherwise);
        if (value == Math.Floor(value))
        {
            return (int)value;
        }

        Mistake(name, FormattableString.Invariant($"must be a whole number; it is {value}"));
        return least;
    }

    /// <summary>A text in which every <c>${name}</c> is filled in.</summary>
    public string Text(string name, string? otherwise = null)
    {
        PlacedNode? value = Take(name);
        if (value is null)
        {
            if (otherwise is null)
            {
                mistakes.Add(node, $"{name} is missing");
            }

            return otherwise ?? "";
        }

        if (value.Kind != JsonValueKind.String)
        {
            mistakes.Add(value, "must be text");
            return "";
        }

        try
        {
            return VariableText.Fill(value.Text, variables);
        }
        catch (FormatException problem)
        {
            mistakes.Add(value, problem.Message);
            return "";
        }
    }

    public bool Flag(string name, bool otherwise)
    {
        PlacedNode? value = Take(name);
        if (value is { Kind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            mistakes.Add(value, "must be true or false");
        }

        return value is null ? otherwise : value.Kind == JsonValueKind.True;
    }

    /// <summary>One of the given words.</summary>
    public string Choice(string name, IReadOnlyList<string> choices, string? otherwise = null)
    {
        string word = Text(name, otherwise);
        if (!choices.Contains(word) && Take(name) is not null)
        {
            Mistake(name, $"must be one of {string.Join(", ", choices)}; it is '{word}'");
        }

        return word;
    }

    /// <summary>The object under a name; null when there is none, which is a mistake where it is required.</summary>
    public ScenarioSection? Section(string name, bool required = false)
    {
        PlacedNode? value = Take(name);
        if (value is null && required)
        {
            mistakes.Add(node, $"{name} is missing");
        }

        return value is null ? null : SectionOf(value);
    }

    public IReadOnlyList<PlacedNode> List(string name)
    {
        PlacedNode? value = Take(name);
        if (value is { Kind: not JsonValueKind.Array })
        {
            mistakes.Add(value, "must be a list");
        }

        return value?.Items ?? [];
    }

    public ScenarioSection? SectionOf(PlacedNode value)
    {
        if (value.Kind == JsonValueKind.Object)
        {
            return new ScenarioSection(value, mistakes, variables);
        }

        mistakes.Add(value, "must be an object");
        return null;
    }

    public double NumberOf(PlacedNode value, double least, double most)
    {
        double number = double.NaN;
        try
        {
            number = value.Kind switch
            {
                JsonValueKind.Number => double.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
                JsonValueKind.String when VariableText.IsExpression(value.Text) => VariableExpression.Evaluate(value.Text[2..^1], variables),
                _ => double.NaN,
            };
        }
        catch (FormatException problem)
        {
            mistakes.Add(value, problem.Message);
            return least;
        }

        if (number >= least && number <= most)
        {
            return number;
        }

        string given = double.IsNaN(number) ? value.Kind == JsonValueKind.String ? $"'{value.Text}'" : value.Kind.ToString() : FormattableString.Invariant($"{number}");
        mistakes.Add(value, FormattableString.Invariant($"must be a number from {least} to {most} or a ${{…}} that gives one; it is {given}"));
        return least;
    }

    /// <summary>Reports properties that nobody has read and names that occur twice.</summary>
    public void Finish()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, PlacedNode value) in node.Members)
        {
            if (!_known.Contains(name))
            {
                mistakes.Add(value, $"unknown property; the properties here are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
            }
            else if (!seen.Add(name))
            {
                mistakes.Add(value, "the property occurs twice");
            }
        }
    }

    private PlacedNode? Take(string name)
    {
        _known.Add(name);
        return node.Find(name);
    }
}
