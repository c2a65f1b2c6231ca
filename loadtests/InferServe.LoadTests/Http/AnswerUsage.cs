using System.Text.Json;

namespace InferServe.LoadTests.Http;

/// <summary>The tokens that the server says a request took.</summary>
internal sealed record AnswerUsage(int PromptTokens, int CompletionTokens, int TotalTokens, int CachedTokens)
{
    /// <summary>Reads a <c>usage</c> object; what it lacks is 0.</summary>
    public static AnswerUsage Read(JsonElement usage)
    {
        int cached = usage.TryGetProperty("prompt_tokens_details", out JsonElement details) && details.ValueKind == JsonValueKind.Object
            ? Number(details, "cached_tokens")
            : 0;
        return new AnswerUsage(Number(usage, "prompt_tokens"), Number(usage, "completion_tokens"), Number(usage, "total_tokens"), cached);
    }

    private static int Number(JsonElement element, string name)
    {
        return element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : 0;
    }
}
