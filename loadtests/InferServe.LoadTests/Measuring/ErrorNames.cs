using System.Text.Json;

namespace InferServe.LoadTests.Measuring;

/// <summary>The names by which failed requests are counted.</summary>
internal static class ErrorNames
{
    private const int MostCodeLength = 60;

    /// <summary>No connection: refused, no such host, no TLS.</summary>
    public const string Connect = "connect";

    /// <summary>The connection broke before the answer was whole.</summary>
    public const string ConnectionLost = "connection lost";

    /// <summary>The answer was not whole in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>The stream ended properly, but without <c>[DONE]</c>.</summary>
    public const string MissingDone = "missing [DONE]";

    /// <summary>A chunk is not JSON or not of the expected shape.</summary>
    public const string BadChunk = "bad chunk";

    /// <summary>The answer has no text.</summary>
    public const string NoText = "no text";

    /// <summary>The run was interrupted.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>A refusal with status and, where the body has one, error code.</summary>
    public static string OfStatus(int status, ReadOnlySpan<char> body)
    {
        string? code = CodeOf(body);
        return code is null ? $"http {status}" : $"http {status} {code}";
    }

    /// <summary>An error chunk in the middle of a stream.</summary>
    public static string OfStream(JsonElement error) => CodeOf(error) is { } code ? $"stream error {code}" : "stream error";

    /// <summary>A usage that cannot be right.</summary>
    public static string OfUsage(string mistake) => $"wrong usage: {mistake}";

    private static string? CodeOf(ReadOnlySpan<char> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body.ToString());
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out JsonElement error)
                ? CodeOf(error)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? CodeOf(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (string name in (string[])["code", "type"])
        {
            if (error.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } code)
            {
                return code[..Math.Min(code.Length, MostCodeLength)];
            }
        }

        return null;
    }
}
