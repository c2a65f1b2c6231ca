using InferServe.Gateway.Hosting;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace InferServe.Gateway.Tracing;

internal static class TracingExtensions
{
    private const string ServiceName = "inferserve-gateway";

    /// <summary>
    /// Sends spans to an OTLP endpoint when OpenTelemetry's own variables name one (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>); they also set protocol,
    /// headers, sampler and service name. Without them nothing is collected and nothing leaves the machine.
    /// </summary>
    public static IServiceCollection AddTracing(this IServiceCollection services, IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]) || !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]))
        {
            services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? ServiceName, serviceVersion: ProductVersion.Text))
                .WithTracing(tracing => tracing.AddSource(TracingMiddleware.SourceName).AddOtlpExporter());
        }

        return services;
    }
}
