using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using InferServe.Contracts.Json;

namespace InferServe.Contracts.Generation;

internal sealed class StopStringsConverter : JsonConverter<StopStrings>, IUnionShape
{
    public string Expected => "a string or an array of strings";

    public JsonTypeInfo? Choose(JsonElement value, JsonSerializerOptions options) => value.ValueKind switch
    {
        JsonValueKind.String => options.GetTypeInfo<string>(),
        JsonValueKind.Array => options.GetTypeInfo<string[]>(),
        _ => null,
    };

    public override StopStrings Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new StopStrings([reader.GetString()!])
            : new StopStrings(JsonSerializer.Deserialize(ref reader, options.GetTypeInfo<string[]>())!);

    public override void Write(Utf8JsonWriter writer, StopStrings value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, [.. value.Values], options.GetTypeInfo<string[]>());
}
