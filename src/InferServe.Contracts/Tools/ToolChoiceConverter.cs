using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using InferServe.Contracts.Json;

namespace InferServe.Contracts.Tools;

internal sealed class ToolChoiceConverter : JsonConverter<ToolChoice>, IUnionShape
{
    public string Expected => "a string or an object";

    public JsonTypeInfo? Choose(JsonElement value, JsonSerializerOptions options) => value.ValueKind switch
    {
        JsonValueKind.String => options.GetTypeInfo<string>(),
        JsonValueKind.Object => options.GetTypeInfo<NamedToolChoice>(),
        _ => null,
    };

    public override ToolChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new ToolChoice { Mode = reader.GetString() }
            : new ToolChoice { Named = JsonSerializer.Deserialize(ref reader, options.GetTypeInfo<NamedToolChoice>()) };

    public override void Write(Utf8JsonWriter writer, ToolChoice value, JsonSerializerOptions options)
    {
        if (value.Named is { } named)
        {
            JsonSerializer.Serialize(writer, named, options.GetTypeInfo<NamedToolChoice>());
        }
        else
        {
            writer.WriteStringValue(value.Mode);
        }
    }
}
