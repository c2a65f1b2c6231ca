using System.Collections.Frozen;
using InferServe.Gateway.Hosting;
using Microsoft.Extensions.Options;
using Prometheus;

namespace InferServe.Gateway.Metrics;

internal static class MetricsExtensions
{
    /// <summary>Shortest key of the metrics, in characters.</summary>
    private const int MinKeyLength = 16;

    private static readonly FrozenSet<string> Methods = FrozenSet.Create(
        StringComparer.Ordinal,
        HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options, HttpMethods.Trace, HttpMethods.Connect);

    public static IServiceCollection AddGatewayMetrics(this IServiceCollection services)
    {
        services.AddCheckedOptions<MetricsOptions>(MetricsOptions.Section);
        services.AddOptions<MetricsOptions>().Validate(
            options => string.IsNullOrEmpty(options.Key) || options.Key.Length >= MinKeyLength,
            $"{MetricsOptions.Section}:Key must have at least {MinKeyLength} characters.");
        services.AddSingleton<GatewayMetrics>().AddSingleton<RejectedRequests>().AddSingleton<WorkerMetrics>().AddSingleton<MetricsPage>();
        services.AddHostedService<MetricsServer>();
        return services;
    }

    /// <summary>
    /// Counts and times every HTTP request with a method of HTTP. Others get their answer uncounted: the method is a label, and its values must not
    /// be up to whoever connects.
    /// </summary>
    public static WebApplication UseGatewayMetrics(this WebApplication app)
    {
        var registry = app.Services.GetRequiredService<GatewayMetrics>().Registry;
        app.UseWhen(
            context => Methods.Contains(context.Request.Method),
            branch => branch.UseHttpMetrics(options =>
            {
                options.InProgress.Registry = registry;
                options.RequestCount.Registry = registry;
                options.RequestDuration.Registry = registry;
            }));
        return app;
    }

    /// <summary>Maps <see cref="MetricsPage"/>, unless it has an address of its own.</summary>
    public static void MapGatewayMetrics(this IEndpointRouteBuilder endpoints)
    {
        if (string.IsNullOrEmpty(endpoints.ServiceProvider.GetRequiredService<IOptions<MetricsOptions>>().Value.Listen))
        {
            endpoints.MapGet(MetricsPage.Path, (HttpContext context, MetricsPage page) => page.GetAsync(context));
        }
    }
}
