using System.Net.Http.Headers;

namespace InferServe.Gateway.Tenants;

/// <summary>The key that a request shows.</summary>
internal static class PresentedKey
{
    private const string Bearer = "Bearer";

    /// <summary>Headers that may hold a key: OpenAI's, Anthropic's and Azure's.</summary>
    private static readonly string[] PlainHeaders = ["x-api-key", "api-key"];

    /// <summary>The key of the first header that has one, or null. Longer texts than keys can be are none.</summary>
    public static string? Of(IHeaderDictionary headers)
    {
        var shown = FromAuthorization(headers.Authorization.ToString())
            ?? PlainHeaders.Select(name => headers[name].ToString()).FirstOrDefault(value => value.Length > 0);
        return shown is { Length: > 0 and <= ApiKeyText.MaxKeyLength } ? shown : null;
    }

    /// <summary>Takes the key out of the request, so that it goes nowhere else.</summary>
    public static void Remove(IHeaderDictionary headers)
    {
        headers.Remove("Authorization");
        foreach (var name in PlainHeaders)
        {
            headers.Remove(name);
        }
    }

    private static string? FromAuthorization(string value)
        => AuthenticationHeaderValue.TryParse(value, out var parsed) && string.Equals(parsed.Scheme, Bearer, StringComparison.OrdinalIgnoreCase)
            ? parsed.Parameter?.Trim()
            : null;
}
