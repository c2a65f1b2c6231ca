using System.Globalization;
using System.Text.Json;

namespace InferServe.Contracts.Json;

/// <summary>Shows a caller's value in an error message: short, and never more than its beginning.</summary>
internal static class GivenValue
{
    private const int MaxLength = 64;

    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => string.Create(CultureInfo.InvariantCulture, $"an array of {value.GetArrayLength()}"),
        _ => Shorten(value.GetRawText()),
    };

    public static string Quote(string? value) => value is null ? "null" : $"\"{Shorten(value)}\"";

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Shorten(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return text[..end] + "…";
    }
}
