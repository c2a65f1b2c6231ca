using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace InferServe.Benchmarks.GatewayOverhead;

/// <summary>A server in a process of its own, which ends when its standard input does.</summary>
internal sealed partial class ChildServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ChildServer(Process process, string name, Uri address)
    {
        _process = process;
        Name = name;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 4_096 }) { BaseAddress = address };
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
        using var limit = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (ListeningAddress().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                var server = new ChildServer(process, name, new Uri(match.Groups[1].Value));
                await server.WaitUntilReadyAsync(limit.Token);
                return server;
            }
        }

        throw new InvalidOperationException($"{program} ended before it listened.");
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

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using HttpResponseMessage response = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    [GeneratedRegex("(?:listens on|Now listening on:) (http://\\S+)")]
    private static partial Regex ListeningAddress();
}
