using System.Net.Http.Headers;
using System.Text.Json;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>Speaks to the administration of a gateway that was started with <see cref="Arguments"/>.</summary>
internal sealed class AdminClient : IDisposable
{
    public const string Key = "key-of-the-tests-0123";

    public static readonly string[] Arguments = ["--Admin:Listen=http://127.0.0.1:0", $"--Admin:Key={Key}"];

    private AdminClient(Uri address)
    {
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(90) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public HttpClient Http { get; }

    public static async Task<AdminClient> ConnectAsync(GatewayProcess gateway) => new(await gateway.AdminAddress);

    public async Task<JsonElement> StatusAsync()
    {
        using var body = JsonDocument.Parse(await Http.GetStringAsync(new Uri("/admin/status", UriKind.Relative)));
        return body.RootElement.Clone();
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string path)
    {
        using var response = await Http.PostAsync(new Uri(path, UriKind.Relative), content: null);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return ((int)response.StatusCode, body.RootElement.Clone());
    }

    public void Dispose() => Http.Dispose();
}
