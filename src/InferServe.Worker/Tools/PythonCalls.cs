using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools;

/// <summary>Reads calls as Python writes them: <c>[f(a=1, b="x"), g()]</c>, with commas or line ends between them.</summary>
internal static class PythonCalls
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The calls, or null when the text is something else.</returns>
    public static IReadOnlyList<AnswerPart.Call>? Parse(string text)
    {
        using var stream = new MemoryStream();
        using var writer = new Utf8JsonWriter(stream, Options);
        try
        {
            var reader = new PythonReader(text, writer);
            var calls = new List<AnswerPart.Call>();
            reader.Expect('[');
            while (!reader.Skip(']'))
            {
                var name = reader.Name();
                ReadArguments(ref reader, writer);
                writer.Flush();
                calls.Add(new AnswerPart.Call(name, Encoding.UTF8.GetString(stream.ToArray())));
                stream.SetLength(0);
                writer.Reset();
                reader.Skip(',');
            }

            reader.Skip('\0');
            return reader.AtEnd ? calls : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static void ReadArguments(ref PythonReader reader, Utf8JsonWriter writer)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        reader.Expect('(');
        writer.WriteStartObject();
        while (!reader.Skip(')'))
        {
            var name = reader.Name();
            if (!names.Add(name))
            {
                throw new FormatException("an argument stands twice");
            }

            writer.WritePropertyName(name);
            reader.Expect('=');
            reader.Value();
            if (!reader.Skip(','))
            {
                reader.Expect(')');
                break;
            }
        }

        writer.WriteEndObject();
    }
}
