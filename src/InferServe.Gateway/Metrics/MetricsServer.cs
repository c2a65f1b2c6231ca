using InferServe.Gateway.Admin;
using InferServe.Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Metrics;

/// <summary>Serves <c>/metrics</c>, and nothing else, on an address of its own when one is set.</summary>
internal sealed partial class MetricsServer(
    IOptions<MetricsOptions> options, IOptions<GatewayOptions> gateway, MetricsPage page, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private const int MaxBodyBytes = 1024;

    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Listen is not { Length: > 0 } listen)
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Services.AddRouting();
        builder.Services.AddSingleton<ILoggerFactory>(new SubordinateLoggers(loggers));
        builder.Services.AddSingleton<IHostLifetime, SubordinateLifetime>();
        _app = builder.Build();
        _app.Urls.Add(listen);
        _app.Use(next => new ErrorMiddleware(next, gateway, rejected: null, loggers.CreateLogger<ErrorMiddleware>()).InvokeAsync);
        _app.MapGet(MetricsPage.Path, (Delegate)page.GetAsync);
        await _app.StartAsync(cancellationToken);
        var logger = loggers.CreateLogger<MetricsServer>();
        foreach (var address in _app.Urls)
        {
            Log.Listens(logger, address);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The metrics are at {Address}/metrics")]
        public static partial void Listens(ILogger logger, string address);
    }
}
