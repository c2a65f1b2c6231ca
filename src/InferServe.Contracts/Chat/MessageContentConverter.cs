using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using InferServe.Contracts.Json;

namespace InferServe.Contracts.Chat;

internal sealed class MessageContentConverter : JsonConverter<MessageContent>, IUnionShape
{
    public string Expected => "a string or an array of text parts";

    public JsonTypeInfo? Choose(JsonElement value, JsonSerializerOptions options) => value.ValueKind switch
    {
        JsonValueKind.String => options.GetTypeInfo<string>(),
        JsonValueKind.Array => options.GetTypeInfo<ContentPart[]>(),
        _ => null,
    };

    public override MessageContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new MessageContent { Text = reader.GetString() }
            : new MessageContent { Parts = JsonSerializer.Deserialize(ref reader, options.GetTypeInfo<ContentPart[]>()) };

    public override void Write(Utf8JsonWriter writer, MessageContent value, JsonSerializerOptions options)
    {
        if (value.Text is not null)
        {
            writer.WriteStringValue(value.Text);
        }
        else
        {
            JsonSerializer.Serialize(writer, [.. value.Parts ?? []], options.GetTypeInfo<ContentPart[]>());
        }
    }
}
