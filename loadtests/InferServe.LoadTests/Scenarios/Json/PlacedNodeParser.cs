using System.Buffers;
using System.Text;
using System.Text.Json;

namespace InferServe.LoadTests.Scenarios.Json;

/// <summary>Parses JSON, comments and trailing commas allowed, into <see cref="PlacedNode"/>s. Depth is bounded.</summary>
internal static class PlacedNodeParser
{
    private const int MaxDepth = 24;

    /// <exception cref="ScenarioException">The text is not JSON; the message starts with <paramref name="file"/> and place.</exception>
    public static PlacedNode Parse(ReadOnlySpan<byte> text, string file)
    {
        var options = new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth };
        var reader = new Utf8JsonReader(text, options);
        try
        {
            reader.Read();
            PlacedNode root = ReadValue(ref reader, text, "");
            reader.Read();
            return root;
        }
        catch (JsonException problem)
        {
            int cut = problem.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            string rule = cut < 0 ? problem.Message : problem.Message[..cut];
            throw new ScenarioException($"{file}:{(problem.LineNumber ?? 0) + 1}:{(problem.BytePositionInLine ?? 0) + 1}: {rule}");
        }
        catch (InvalidOperationException)
        {
            (int line, int column) = PlaceOf(text, reader.TokenStartIndex);
            throw new ScenarioException($"{file}:{line}:{column}: the string is not valid Unicode");
        }
    }

    private static PlacedNode ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, string path)
    {
        (int line, int column) = PlaceOf(text, reader.TokenStartIndex);
        var node = new PlacedNode(KindOf(reader.TokenType), path, line, column, TextOf(ref reader));
        if (node.Kind == JsonValueKind.Object)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                string name = reader.GetString()!;
                reader.Read();
                node.Members.Add((name, ReadValue(ref reader, text, path.Length == 0 ? name : $"{path}.{name}")));
            }
        }
        else if (node.Kind == JsonValueKind.Array)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                node.Items.Add(ReadValue(ref reader, text, $"{path}[{node.Items.Count}]"));
            }
        }

        return node;
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
        ReadOnlySpan<byte> before = text[..(int)index];
        int line = before.Count((byte)'\n');
        return (line + 1, before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1);
    }
}
