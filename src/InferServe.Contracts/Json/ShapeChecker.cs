using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InferServe.Contracts.Json;

/// <summary>
/// Compares a JSON value with the type that it is to become, before it becomes it. A serializer stops at the first value of a wrong
/// type and says little about it; this walk finds all of them, with path, expected type and given value, and the unknown fields too.
/// </summary>
/// <remarks>
/// A null member counts as absent, a null element of an array does not. The parser of the value bounds its depth and, looking for
/// duplicate names, makes sure that names are text.
/// </remarks>
internal static class ShapeChecker
{
    public static ShapeReport Check(JsonElement value, JsonTypeInfo shape)
    {
        var report = new ShapeReport();
        Check(value, shape, path: string.Empty, report);
        return report;
    }

    /// <summary>True when every string in <paramref name="value"/> is valid Unicode text.</summary>
    public static bool IsText(JsonElement value)
    {
        var report = new ShapeReport();
        CheckFreeForm(value, path: string.Empty, report);
        return report.Violations.IsEmpty;
    }

    private static void Check(JsonElement value, JsonTypeInfo shape, string path, ShapeReport report)
    {
        if (shape.Converter is IUnionShape union)
        {
            CheckUnion(value, shape, union, path, report);
        }
        else if (shape.Type == typeof(JsonElement))
        {
            CheckFreeForm(value, path, report);
        }
        else if (shape.Kind == JsonTypeInfoKind.Object)
        {
            CheckObject(value, shape, path, report);
        }
        else if (shape.Kind == JsonTypeInfoKind.Enumerable)
        {
            CheckArray(value, shape, path, report);
        }
        else if (shape.Kind == JsonTypeInfoKind.Dictionary)
        {
            CheckDictionary(value, shape, path, report);
        }
        else
        {
            CheckLeaf(value, shape.Type, path, report);
        }
    }

    private static void CheckUnion(JsonElement value, JsonTypeInfo shape, IUnionShape union, string path, ShapeReport report)
    {
        if (union.Choose(value, shape.Options) is { } chosen)
        {
            Check(value, chosen, path, report);
        }
        else
        {
            Expect(union.Expected, value, path, report);
        }
    }

    private static void CheckObject(JsonElement value, JsonTypeInfo shape, string path, ShapeReport report)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Expect("an object", value, path, report);
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            var name = member.Name;
            var property = shape.Properties.FirstOrDefault(candidate => candidate.Name == name);
            if (property is null)
            {
                report.AddUnknownField(WithoutIndices(Join(path, name)));
                CheckFreeForm(member.Value, Join(path, name), report);
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                Check(member.Value, shape.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType),
                    Join(path, name), report);
            }
        }
    }

    private static void CheckArray(JsonElement value, JsonTypeInfo shape, string path, ShapeReport report)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Expect("an array", value, path, report);
            return;
        }

        var element = shape.Options.GetTypeInfo(shape.ElementType!);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            Check(item, element, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), report);
        }
    }

    private static void CheckDictionary(JsonElement value, JsonTypeInfo shape, string path, ShapeReport report)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Expect("an object", value, path, report);
            return;
        }

        var element = shape.Options.GetTypeInfo(shape.ElementType!);
        foreach (var member in value.EnumerateObject())
        {
            Check(member.Value, element, Join(path, member.Name), report);
        }
    }

    private static void CheckLeaf(JsonElement value, Type type, string path, ShapeReport report)
    {
        if (type == typeof(string))
        {
            if (value.ValueKind != JsonValueKind.String)
            {
                Expect("a string", value, path, report);
            }
            else
            {
                CheckText(value, path, report);
            }
        }
        else if (type == typeof(bool) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Expect("true or false", value, path, report);
        }
        else if (type == typeof(double) && value.ValueKind != JsonValueKind.Number)
        {
            Expect("a number", value, path, report);
        }
        else if (type == typeof(long) && !(value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _)))
        {
            Expect("a whole number of at most 64 bits", value, path, report);
        }
        else if (type == typeof(int) && !(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _)))
        {
            Expect("a whole number of at most 32 bits", value, path, report);
        }
    }

    /// <summary>Any JSON is accepted, but its strings must be text: JSON can spell half of a surrogate pair, which is none.</summary>
    private static void CheckFreeForm(JsonElement value, string path, ShapeReport report)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                CheckText(value, path, report);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    CheckFreeForm(item, path, report);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    CheckFreeForm(member.Value, path, report);
                }

                break;
        }
    }

    private static void CheckText(JsonElement value, string path, ShapeReport report)
    {
        try
        {
            _ = value.GetString();
        }
        catch (InvalidOperationException)
        {
            report.Violations.Add(path, $"{Subject(path)} must be valid Unicode text; it has half of a surrogate pair.");
        }
    }

    private static void Expect(string expected, JsonElement value, string path, ShapeReport report) =>
        report.Violations.Add(path, $"{Subject(path)} must be {expected}, got {GivenValue.Describe(value)}.");

    private static string Subject(string path) => path.Length == 0 ? "The body" : $"'{path}'";

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string WithoutIndices(string path)
    {
        if (!path.Contains('['))
        {
            return path;
        }

        var kept = path.Where((character, at) => !(char.IsAsciiDigit(character) && IsIndexDigit(path, at)));
        return string.Concat(kept);
    }

    private static bool IsIndexDigit(string path, int at)
    {
        var start = at;
        while (start > 0 && char.IsAsciiDigit(path[start - 1]))
        {
            start--;
        }

        return start > 0 && path[start - 1] == '[';
    }
}
