using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using InferServe.Contracts.Json;

namespace InferServe.Contracts.Completions;

/// <summary>Reads the four forms of a prompt: a string, an array of strings, an array of token ids, an array of such arrays.</summary>
internal sealed class CompletionPromptConverter : JsonConverter<CompletionPrompt>, IUnionShape
{
    public string Expected => "a string, an array of strings, an array of token ids, or an array of such arrays";

    public JsonTypeInfo? Choose(JsonElement value, JsonSerializerOptions options) => value.ValueKind switch
    {
        JsonValueKind.String => options.GetTypeInfo<string>(),
        JsonValueKind.Array when value.GetArrayLength() == 0 => options.GetTypeInfo<string[]>(),
        JsonValueKind.Array => value[0].ValueKind switch
        {
            JsonValueKind.String => options.GetTypeInfo<string[]>(),
            JsonValueKind.Number => options.GetTypeInfo<int[]>(),
            JsonValueKind.Array => options.GetTypeInfo<int[][]>(),
            _ => null,
        },
        _ => null,
    };

    public override CompletionPrompt Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new CompletionPrompt { Texts = [reader.GetString()!] };
        }

        var ahead = reader;
        ahead.Read();
        return ahead.TokenType switch
        {
            JsonTokenType.Number => new CompletionPrompt { TokenIds = [JsonSerializer.Deserialize(ref reader, options.GetTypeInfo<int[]>())!] },
            JsonTokenType.StartArray => new CompletionPrompt { TokenIds = JsonSerializer.Deserialize(ref reader, options.GetTypeInfo<int[][]>()) },
            _ => new CompletionPrompt { Texts = JsonSerializer.Deserialize(ref reader, options.GetTypeInfo<string[]>()) },
        };
    }

    public override void Write(Utf8JsonWriter writer, CompletionPrompt value, JsonSerializerOptions options)
    {
        if (value.TokenIds is { } ids)
        {
            JsonSerializer.Serialize(writer, [.. ids.Select(prompt => prompt.ToArray())], options.GetTypeInfo<int[][]>());
        }
        else
        {
            JsonSerializer.Serialize(writer, [.. value.Texts ?? []], options.GetTypeInfo<string[]>());
        }
    }
}
