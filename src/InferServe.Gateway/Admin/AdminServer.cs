using InferServe.Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Admin;

/// <summary>
/// The administration: a web server of its own in the gateway's process, so that no path of it exists on the public address. It starts
/// before the public one and stops after it: status can be asked while requests drain.
/// </summary>
internal sealed partial class AdminServer(
    IOptions<AdminOptions> options,
    IOptions<GatewayOptions> gateway,
    IEnumerable<IAdminEndpoints> endpoints,
    IEnumerable<IAdminMiddleware> middleware,
    ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private const int MaxBodyBytes = 64 * 1024;

    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Listen is not { Length: > 0 } listen)
        {
            return;
        }

        _app = Build(listen, AdminKey.Read(options.Value));
        await _app.StartAsync(cancellationToken);
        var logger = loggers.CreateLogger<AdminServer>();
        foreach (var address in _app.Urls)
        {
            Log.Listens(logger, address);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
        {
            await _app.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private WebApplication Build(string listen, AdminKey key)
    {
        // An empty builder reads no configuration: the public address and its settings do not apply here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Services.AddRouting();
        builder.Services.AddSingleton<ILoggerFactory>(new SubordinateLoggers(loggers));
        builder.Services.AddSingleton<IHostLifetime, SubordinateLifetime>();

        var app = builder.Build();
        app.Urls.Add(listen);
        app.Use(next => new RequestIdMiddleware(next).InvokeAsync);
        foreach (var one in middleware)
        {
            app.Use(next => context => one.InvokeAsync(context, next));
        }

        app.Use(next => new ErrorMiddleware(next, gateway, rejected: null, loggers.CreateLogger<ErrorMiddleware>()).InvokeAsync);
        app.Use(next => new AdminKeyMiddleware(next, key).InvokeAsync);
        app.UseRouting();
        var group = app.MapGroup("/admin");
        foreach (var one in endpoints)
        {
            one.Map(group);
        }

        return app;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The administration listens on {Address}")]
        public static partial void Listens(ILogger logger, string address);
    }
}
