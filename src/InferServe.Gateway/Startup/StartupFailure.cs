using InferServe.Gateway.Registry;
using InferServe.Gateway.Tenants;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Startup;

/// <summary>Turns a start that the user can correct into lines on the error stream instead of a stack trace.</summary>
internal static class StartupFailure
{
    /// <returns>The exit code: 0, or 1 after a failed start.</returns>
    public static async Task<int> GuardAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception exception) when (Explain(exception) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return 1;
        }
    }

    private static string? Explain(Exception exception) => exception switch
    {
        ModelsFileException or KeysFileException => exception.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        // Such as an address in use: the message names it.
        IOException => exception.Message,
        InvalidOperationException { Source: "InferServe.Gateway" } => exception.Message,
        _ => null,
    };
}
