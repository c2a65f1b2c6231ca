using System.Text.Json;

namespace InferServe.Gateway.Routing;

/// <summary>
/// Tells prompts that begin alike without a tokenizer: hashes over the first bytes of what becomes the prompt, as the client wrote them, each
/// over a chunk and all before it. Equal hashes mean, almost certainly, that a worker which served one prompt has the beginning of the
/// other in its prefix cache.
/// </summary>
internal static class PromptPrefix
{
    /// <summary>Bytes of a chunk: some four blocks of the prefix cache.</summary>
    public const int ChunkBytes = 256;

    /// <summary>Chunks that are looked at: the first 32 KiB.</summary>
    public const int MaxChunks = 128;

    /// <param name="body">A valid JSON object: a request.</param>
    /// <param name="scope">Who may share cached prefixes: only prompts of one scope do.</param>
    /// <returns>A hash for each whole chunk from the beginning on, and one for a shorter last.</returns>
    public static IReadOnlyList<int> Of(ReadOnlySpan<byte> body, string scope)
    {
        Range tools = default, prompt = default;
        var hash = new HashCode();
        hash.Add(scope, StringComparer.Ordinal);
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTools = reader.ValueTextEquals("tools"u8);
            var isScope = reader.ValueTextEquals("cache_salt"u8) || reader.ValueTextEquals("model"u8);
            var isPrompt = reader.ValueTextEquals("messages"u8) || reader.ValueTextEquals("prompt"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var value = start..(int)reader.BytesConsumed;
            (tools, prompt) = (isTools ? value : tools, isPrompt ? value : prompt);
            if (isScope)
            {
                // Other salts, and other adapters of a model, share nothing.
                hash.AddBytes(body[value]);
            }
        }

        // Templates write tools before messages.
        var hashes = new List<int>();
        hash.AddBytes(body[tools]);
        var text = body[prompt];
        for (var start = 0; start < text.Length && hashes.Count < MaxChunks; start += ChunkBytes)
        {
            hash.AddBytes(text[start..Math.Min(text.Length, start + ChunkBytes)]);
            hashes.Add(hash.ToHashCode());
        }

        return hashes;
    }
}
