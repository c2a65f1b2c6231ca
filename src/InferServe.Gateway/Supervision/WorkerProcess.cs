using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace InferServe.Gateway.Supervision;

/// <summary>
/// One operating system process of a worker. Its standard input is a pipe that the gateway never writes to: the worker
/// ends when the pipe does, whether the gateway closes it or is killed.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int SignalBase = 128;
    private static readonly TimeSpan LastOutput = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly WorkerOutput _output;
    private readonly Task _pump;

    private WorkerProcess(Process process, WorkerOutput output)
    {
        _process = process;
        _output = output;
        _pump = output.PumpAsync(process.StandardOutput, process.StandardError);
        Exited = process.WaitForExitAsync();
    }

    public int Id => _process.Id;

    /// <summary>Resident memory in bytes; 0 when the process has ended.</summary>
    public long MemoryBytes
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>Completes when the process has ended, however it ended.</summary>
    public Task Exited { get; }

    /// <exception cref="Win32Exception">The program does not exist or cannot be started.</exception>
    public static WorkerProcess Start(ProcessStartInfo command, WorkerOutput output) => new(Process.Start(command)!, output);

    /// <summary>Asks the worker to end, waits for it, and kills it when it takes longer than <paramref name="patience"/>.</summary>
    /// <returns>True when the worker ended by itself.</returns>
    public async Task<bool> StopAsync(TimeSpan patience, TimeProvider time)
    {
        CloseInput();
        try
        {
            await Exited.WaitAsync(patience, time);
            return true;
        }
        catch (TimeoutException)
        {
            Kill();
            await Exited;
            return false;
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }

    /// <summary>How the ended process ended: its exit code and the last it said on its error stream.</summary>
    public async Task<string> DescribeExitAsync(TimeProvider time)
    {
        await Exited;
        await Task.WhenAny(_pump, Task.Delay(LastOutput, time));
        var exit = DescribeExit(_process.ExitCode);
        return _output.LastErrors is { } errors ? $"{exit}: {errors.TrimEnd('.')}" : exit;
    }

    /// <summary>On Unix an exit code above 128 means a signal.</summary>
    internal static string DescribeExit(int code) => code > SignalBase && !OperatingSystem.IsWindows()
        ? string.Create(CultureInfo.InvariantCulture, $"was ended by signal {code - SignalBase}")
        : string.Create(CultureInfo.InvariantCulture, $"exited with code {code}");

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
        _process.Dispose();
    }

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The pipe broke with the process.
        }
    }
}
