namespace InferServe.Gateway.Hosting;

internal static class VersionEndpoint
{
    /// <summary><c>GET /version</c>: <c>{"version":"…"}</c>.</summary>
    public static void MapVersion(this IEndpointRouteBuilder endpoints)
        => endpoints.MapGet("/version", () => TypedResults.Json(new VersionReport(ProductVersion.Text), GatewayJsonContext.Default.VersionReport));
}

internal sealed record VersionReport(string Version);
