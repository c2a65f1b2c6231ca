using System.Buffers;
using System.Text;
using System.Text.Json;

namespace InferServe.Gateway.Registry;

/// <summary>
/// Parses JSON with comments and trailing commas into <see cref="PlacedJson"/>.
/// Depth is bounded by <see cref="ModelsFileFormat.MaxDepth"/>.
/// </summary>
internal static class PlacedJsonParser
{
    /// <exception cref="PlacedJsonException">The text is not JSON; the exception says where.</exception>
    public static PlacedJson Parse(ReadOnlySpan<byte> text)
    {
        var options = new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = ModelsFileFormat.MaxDepth,
        };
        var reader = new Utf8JsonReader(text, options);
        try
        {
            reader.Read();
            var root = ReadValue(ref reader, text, "$");
            reader.Read();
            return root;
        }
        catch (JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0) + 1;
            var column = (int)(exception.BytePositionInLine ?? 0) + 1;
            throw new PlacedJsonException(line, column, WithoutPlace(exception.Message));
        }
        catch (InvalidOperationException)
        {
            var (line, column) = PlaceOf(text, reader.TokenStartIndex);
            throw new PlacedJsonException(line, column, "The string is not valid Unicode.");
        }
    }

    private static PlacedJson ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, string path)
    {
        var (line, column) = PlaceOf(text, reader.TokenStartIndex);
        var value = new PlacedJson
        {
            Kind = KindOf(reader.TokenType),
            Path = path,
            Line = line,
            Column = column,
            Text = TextOf(ref reader),
        };
        if (value.Kind == JsonValueKind.Object)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = reader.GetString()!;
                var (nameLine, nameColumn) = PlaceOf(text, reader.TokenStartIndex);
                reader.Read();
                value.Properties.Add(new PlacedProperty(name, nameLine, nameColumn, ReadValue(ref reader, text, $"{path}.{name}")));
            }
        }
        else if (value.Kind == JsonValueKind.Array)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                value.Items.Add(ReadValue(ref reader, text, $"{path}[{value.Items.Count}]"));
            }
        }

        return value;
    }

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };

    private static string TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
        _ => "",
    };

    private static (int Line, int Column) PlaceOf(ReadOnlySpan<byte> text, long index)
    {
        var before = text[..(int)index];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    /// <summary>The runtime's message ends in its own, zero-based place; ours stands in front of the message.</summary>
    private static string WithoutPlace(string message)
    {
        var place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }
}
