using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InferServe.Contracts.Json;

/// <summary>Implemented by the converter of a value that has several JSON forms, so that <see cref="ShapeChecker"/> can look inside.</summary>
internal interface IUnionShape
{
    /// <summary>The accepted forms, for an error message: "must be …".</summary>
    string Expected { get; }

    /// <summary>The form that <paramref name="value"/> has, or null when it has none of them.</summary>
    JsonTypeInfo? Choose(JsonElement value, JsonSerializerOptions options);
}
