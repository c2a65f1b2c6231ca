using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Hosting;

/// <summary>The life of the process. What ends it before its time is said in one line on the error stream, where a supervisor looks.</summary>
internal static class WorkerProcess
{
    /// <summary>Builds the worker, runs it until it is told to stop, and returns the exit code.</summary>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        WebApplication app;
        try
        {
            app = build();
            await app.StartAsync();
        }
        catch (OptionsValidationException exception)
        {
            return await FailAsync(string.Join(' ', exception.Failures), ExitCodes.BadConfiguration);
        }
        catch (OperationCanceledException)
        {
            // Told to stop while it was starting.
            return Environment.ExitCode;
        }
        catch (Exception exception) when (exception is IOException or SocketException or UnauthorizedAccessException)
        {
            return await FailAsync($"Cannot listen: {exception.Message}", ExitCodes.ListenFailed);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            // A value that is no number, an address that is none.
            return await FailAsync($"The configuration cannot be used: {exception.Message}", ExitCodes.BadConfiguration);
        }

        await using (app)
        {
            await app.WaitForShutdownAsync();
        }

        return Environment.ExitCode;
    }

    private static async Task<int> FailAsync(string reason, int exitCode)
    {
        await Console.Error.WriteLineAsync(reason);
        return exitCode;
    }
}
