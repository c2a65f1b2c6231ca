using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InferServe.Contracts.Json;

internal static class TypeInfoExtensions
{
    /// <summary>The source-generated description of <typeparamref name="T"/>.</summary>
    public static JsonTypeInfo<T> GetTypeInfo<T>(this JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
