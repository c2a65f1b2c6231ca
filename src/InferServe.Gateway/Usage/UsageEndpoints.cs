using System.Globalization;
using InferServe.Contracts.Errors;
using InferServe.Gateway.Admin;
using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Usage;

/// <summary>
/// <c>GET /admin/usage?from=2026-01-01&amp;to=2026-01-31&amp;key=…&amp;model=…</c>: usage by day, key and model; by default of the last 30 days.
/// </summary>
internal sealed class UsageEndpoints(UsageRecorder recorder, TimeProvider time) : IAdminEndpoints
{
    private const string DayFormat = "yyyy-MM-dd";
    private const int DefaultDays = 30;
    private const int MaxRows = 10_000;

    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/usage", (string? from, string? to, string? key, string? model) =>
    {
        var last = ReadDay(to, "to", DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var first = ReadDay(from, "from", last.AddDays(1 - DefaultDays));
        var rows = recorder.Read(Text(first), Text(last), Given(key), Given(model), MaxRows)
            ?? throw new ApiException(ApiErrors.NotSupported($"Usage is not kept; set {UsageOptions.Section}:{nameof(UsageOptions.File)}.", param: null));
        return TypedResults.Json(new UsageReport(rows), GatewayJsonContext.Default.UsageReport);
    });

    private static DateOnly ReadDay(string? text, string param, DateOnly otherwise)
        => string.IsNullOrEmpty(text) ? otherwise
            : DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw new ApiException(ApiErrors.InvalidValue($"'{param}' must be a day such as 2026-01-31, is '{text}'.", param));

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
