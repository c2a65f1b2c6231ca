using System.Net.Http.Headers;
using System.Text.Json;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Tenants;

internal static class TenantRequests
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Sends a request with the key in a header.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        this GatewayProcess gateway, string? key, string? body = """{"model":"alpha"}""", string path = "/v1/chat/completions",
        string header = "Authorization", CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Content = body is null ? null : new StringContent(body, Json);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation(header, header == "Authorization" ? $"Bearer {key}" : key);
        }

        return await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return body.RootElement.Clone();
    }

    public static async Task<string?> ErrorCodeAsync(this HttpResponseMessage response)
        => (await response.JsonAsync()).GetProperty("error").GetProperty("code").GetString();

    public static string Header(this HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
