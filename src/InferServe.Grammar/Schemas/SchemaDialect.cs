using System.Text.Json;

namespace InferServe.Grammar.Schemas;

/// <summary>The drafts of JSON Schema, in the order of their publication.</summary>
internal enum SchemaDialect
{
    Draft04,
    Draft06,
    Draft07,
    Draft201909,
    Draft202012,
}

internal static class SchemaDialects
{
    /// <summary>The draft that a document names by <c>$schema</c>; the newest where it names none.</summary>
    public static SchemaDialect Of(JsonElement document)
    {
        var name = document.ValueKind == JsonValueKind.Object && document.TryGetProperty("$schema", out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        (string Part, SchemaDialect Dialect)[] known =
        [
            ("draft-03", SchemaDialect.Draft04), ("draft-04", SchemaDialect.Draft04), ("draft-05", SchemaDialect.Draft04),
            ("draft-06", SchemaDialect.Draft06), ("draft-07", SchemaDialect.Draft07), ("2019-09", SchemaDialect.Draft201909),
        ];
        return known.Where(draft => name.Contains(draft.Part, StringComparison.Ordinal)).Select(draft => draft.Dialect)
            .DefaultIfEmpty(SchemaDialect.Draft202012).First();
    }

    /// <summary>The draft that brought a keyword; the oldest for all that were there from the beginning.</summary>
    public static SchemaDialect Since(string keyword) => keyword switch
    {
        "const" or "contains" or "propertyNames" => SchemaDialect.Draft06,
        "if" => SchemaDialect.Draft07,
        "dependentRequired" or "dependentSchemas" or "minContains" or "unevaluatedProperties" or "unevaluatedItems" => SchemaDialect.Draft201909,
        "prefixItems" => SchemaDialect.Draft202012,
        _ => SchemaDialect.Draft04,
    };
}
