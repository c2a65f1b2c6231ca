using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Logging;

internal static class LoggingExtensions
{
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
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
        }

        return builder;
    }
}
