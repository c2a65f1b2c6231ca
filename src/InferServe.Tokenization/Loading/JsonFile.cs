using System.Text.Json;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads and parses the JSON files of a tokenizer within their limits.</summary>
internal static class JsonFile
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Opens a file of a folder; null when it is not there.</summary>
    /// <exception cref="TokenizerLoadException">The file cannot be opened.</exception>
    public static Stream? Open(string folder, string name)
    {
        string path = System.IO.Path.Combine(folder, name);
        try
        {
            return File.Exists(path) ? File.OpenRead(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TokenizerLoadException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a file to its end.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="mostBytes">The most bytes that it may have.</param>
    /// <exception cref="TokenizerLoadException">The file is too large or cannot be read.</exception>
    public static ReadOnlyMemory<byte> Read(Stream stream, string name, int mostBytes)
    {
        var content = new MemoryStream(stream.CanSeek ? (int)Math.Clamp(stream.Length - stream.Position, 0, mostBytes) : 0);
        byte[] buffer = new byte[81920];
        try
        {
            while (stream.Read(buffer) is > 0 and int read)
            {
                content.Write(buffer, 0, read);
                if (content.Length > mostBytes)
                {
                    throw new TokenizerLoadException($"{name} has more than {mostBytes} bytes, the most that it may have.");
                }
            }
        }
        catch (IOException exception)
        {
            throw new TokenizerLoadException($"{name} cannot be read: {exception.Message}", exception);
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    /// <summary>Parses a file and gives its root to a function; the root is valid during the call.</summary>
    /// <exception cref="TokenizerLoadException">The file is no JSON, or the function throws it.</exception>
    public static T Parse<T>(ReadOnlyMemory<byte> content, string name, Func<JsonNode, T> read)
    {
        if (content.Span.StartsWith(ByteOrderMark))
        {
            content = content[ByteOrderMark.Length..];
        }

        try
        {
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = TokenizerLimits.Nesting });
            return read(new JsonNode(document.RootElement, name, string.Empty));
        }
        catch (JsonException exception)
        {
            throw new TokenizerLoadException(
                $"{name} is no valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // What the JSON reader throws for strings with invalid UTF-8 or an unpaired surrogate, which it decodes when asked.
            throw new TokenizerLoadException($"{name} holds a string that is no valid Unicode: {exception.Message}", exception);
        }
    }
}
