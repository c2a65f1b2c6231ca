using System.Diagnostics;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>A stand-in worker that nobody supervises, on an address of its own.</summary>
internal sealed class RemoteStandIn : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private RemoteStandIn(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <param name="folder">The folder with its orders.</param>
    public static async Task<RemoteStandIn> StartAsync(string folder)
    {
        var start = new ProcessStartInfo(Programs.StandInWorker, [$"--Worker:Model={folder}", "--Worker:Name=remote", "--urls=http://127.0.0.1:0"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var worker = new RemoteStandIn(Process.Start(start)!);
        string? line;
        while ((line = await worker._process.StandardOutput.ReadLineAsync()) is not null)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                worker.Address = new Uri(line[(at + Listening.Length)..].Trim());
                break;
            }
        }

        _ = worker._process.StandardOutput.ReadToEndAsync();
        Assert.NotNull(worker.Address);
        return worker;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
