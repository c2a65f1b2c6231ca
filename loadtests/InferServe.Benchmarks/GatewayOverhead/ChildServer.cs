using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace InferServe.Benchmarks.GatewayOverhead;

/// <summary>A server in a process of its own, which ends when its standard input does.</summary>
internal sealed partial class ChildServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ChildServer(Process process, string name)
    {
        _process = process;
        Name = name;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 4_096 });
    }

    /// <summary>The name in the tables.</summary>
    public string Name { get; }

    public HttpClient Client { get; }

    /// <summary>Starts the program and waits until it says where it listens and until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended or did not say so.</exception>
    public static async Task<ChildServer> StartAsync(string name, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var server = new ChildServer(process, name);
        try
        {
            await server.WaitUntilReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The server's side: says where it listens and ends with its standard input.</summary>
    public static async Task RunUntilInputEndsAsync(WebApplication app)
    {
        await app.StartAsync();
        foreach (string address in app.Urls)
        {
            await Console.Out.WriteLineAsync($"listens on {address}");
        }

        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.StandardInput.Close();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Until it says where it listens and answers there.</summary>
    private async Task WaitUntilReadyAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (Client.BaseAddress is null)
        {
            string line = await _process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"{Name} ended before it listened.");
            Client.BaseAddress = ListeningAddress().Match(line) is { Success: true } match ? new Uri(match.Groups[1].Value) : null;
        }

        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        while (true)
        {
            using HttpResponseMessage response = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    [GeneratedRegex("(?:listens on|Now listening on:) (http://(?!unix:)\\S+)")]
    private static partial Regex ListeningAddress();
}
