using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace InferServe.Worker.Tracing;

internal static class TracingExtensions
{
    private const string ServiceName = "inferserve-worker";

    /// <summary>Sends spans to an OTLP endpoint when OpenTelemetry's own variables name one; without them nothing is collected.</summary>
    public static IServiceCollection AddTracing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<GenerationSpans>();
        if (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]) || !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]))
        {
            services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService(ServiceName))
                .WithTracing(tracing => tracing.AddSource(GenerationSpans.SourceName).AddOtlpExporter());
        }

        return services;
    }
}
