using Microsoft.Extensions.Logging.Abstractions;

namespace InferServe.Gateway.Admin;

/// <summary>The gateway's loggers for the administration's host, without what a host says about its own life.</summary>
internal sealed class SubordinateLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    private const string HostLifetime = "Microsoft.Hosting.Lifetime";

    public ILogger CreateLogger(string categoryName)
        => string.Equals(categoryName, HostLifetime, StringComparison.Ordinal) ? NullLogger.Instance : loggers.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose()
    {
        // The gateway's loggers outlive this host.
    }
}
