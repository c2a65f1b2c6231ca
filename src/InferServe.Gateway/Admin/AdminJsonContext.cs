using System.Text.Json;
using System.Text.Json.Serialization;

namespace InferServe.Gateway.Admin;

/// <summary>Source-generated JSON of the administration's answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(ReloadReport))]
[JsonSerializable(typeof(OperationReport))]
internal sealed partial class AdminJsonContext : JsonSerializerContext
{
    /// <summary>The name of an enumeration's value on the wire.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum
        => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
