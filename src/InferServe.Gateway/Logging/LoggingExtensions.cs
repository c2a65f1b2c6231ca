using InferServe.Gateway.Hosting;
using Microsoft.Extensions.Configuration.Memory;

namespace InferServe.Gateway.Logging;

internal static class LoggingExtensions
{
    /// <summary>
    /// The web server makes a scope and an activity for every request as long as anything could be logged about it; text shows neither, and they
    /// take a sixth of what the gateway can forward.
    /// </summary>
    private static readonly Dictionary<string, string?> WithoutScopes = new() { ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None" };

    /// <summary>Writes the log to the console in the form that the settings say.</summary>
    public static WebApplicationBuilder AddConsoleLog(this WebApplicationBuilder builder)
    {
        builder.Services.AddCheckedOptions<LogOptions>(LogOptions.Section);
        if (string.Equals(builder.Configuration[$"{LogOptions.Section}:{nameof(LogOptions.Format)}"], nameof(LogFormat.Json), StringComparison.OrdinalIgnoreCase))
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else
        {
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = WithoutScopes });
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
        }

        return builder;
    }
}
