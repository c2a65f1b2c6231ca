using System.ComponentModel;
using System.Diagnostics;
using InferServe.Gateway.Supervision;

namespace InferServe.Gateway.Inspection;

/// <summary>
/// <c>InferServe.Gateway inspect &lt;folder&gt;</c>: has the worker program look at a model folder, since the gateway holds no native library. Arguments and
/// answers are the worker's own.
/// </summary>
internal static class InspectCommand
{
    private const int CannotStart = 2;

    /// <returns>The worker's exit code: 0 for a folder that can be served, 1 for one that would be refused, 2 for arguments that are wrong.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var program = Environment.GetEnvironmentVariable("Supervision__WorkerPath") ?? WorkerCommand.DefaultPath(AppContext.BaseDirectory);
        try
        {
            using var worker = Process.Start(new ProcessStartInfo(program, ["inspect", .. arguments]) { UseShellExecute = false })!;
            await worker.WaitForExitAsync();
            return worker.ExitCode;
        }
        catch (Win32Exception exception)
        {
            await Console.Error.WriteLineAsync($"The worker program {program} cannot be started: {exception.Message}");
            return CannotStart;
        }
    }
}
