using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>A gateway as a user starts it: a process with its own worker processes, on a free port of the loopback interface.</summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _adminAddress = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GatewayProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.ErrorDataReceived += (_, line) => Receive(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Client { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>Everything the gateway printed, for messages of failed tests.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Where the administration listens.</summary>
    public Task<Uri> AdminAddress => _adminAddress.Task.WaitAsync(Patience);

    /// <summary>Starts a gateway and waits until it listens; its models may still load.</summary>
    public static Task<GatewayProcess> StartAsync(params string[] arguments) => StartAsync(new Dictionary<string, string>(), arguments);

    /// <summary>The same with further variables in its environment.</summary>
    public static async Task<GatewayProcess> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var gateway = new GatewayProcess(Launch(
            [.. arguments, "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"], environment));
        gateway.Client = new HttpClient { BaseAddress = await gateway._address.Task.WaitAsync(Patience), Timeout = Patience };
        return gateway;
    }

    /// <summary>Runs a gateway that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(params string[] arguments)
    {
        await using var gateway = new GatewayProcess(Launch(arguments, new Dictionary<string, string>()));
        return (await gateway.WaitForExitAsync(), gateway.Output);
    }

    /// <summary>Waits until the gateway says that every model is ready.</summary>
    public Task WaitUntilReadyAsync() => WaitUntilAsync(async () =>
    {
        using var response = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.OK;
    });

    /// <summary>Waits until so many workers of a model are ready.</summary>
    public Task WaitForWorkersAsync(string model, int count)
        => WaitUntilAsync(async () => (await ModelHealthAsync(model)).GetProperty("ready_workers").GetInt32() == count);

    /// <summary>Polls until the condition holds; the test fails with the gateway's output when it never does.</summary>
    public async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"Waited in vain. The gateway's output:\n{Output}");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until the gateway has printed a text; what it prints arrives a little later than what it does.</summary>
    public Task WaitForOutputAsync(string text) => WaitUntilAsync(() => Task.FromResult(Output.Contains(text, StringComparison.Ordinal)));

    public async Task<HttpResponseMessage> PostAsync(string body, string path = "/v1/chat/completions", CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Ids of the gateway's child processes: its workers.</summary>
    public IReadOnlyList<int> WorkerIds() => Children(_process.Id);

    public async Task<JsonElement> ModelHealthAsync(string name)
    {
        using var response = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("models").EnumerateArray().Single(model => model.GetProperty("name").GetString() == name).Clone();
    }

    /// <summary>Sum of the samples whose line on the metrics page begins in one of these ways; 0 without one.</summary>
    public Task<double> MetricAsync(params string[] starts) => SumAsync(line => Array.Exists(starts, start => line.StartsWith(start, StringComparison.Ordinal)));

    /// <summary>Answers of real workers that have ended for this reason.</summary>
    public Task<double> EndedAsync(string reason) => SumAsync(
        line => line.StartsWith("inferserve_requests_total{", StringComparison.Ordinal) && line.Contains($"finish_reason=\"{reason}\"", StringComparison.Ordinal));

    /// <summary>Sends SIGTERM, as an operator or a container runtime does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Sends SIGKILL to the gateway alone.</summary>
    public void Kill() => _process.Kill(entireProcessTree: false);

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    public static bool IsRunning(int processId)
    {
        try
        {
            // A process that has ended but was not yet collected by its parent counts as gone.
            var status = File.ReadAllText($"/proc/{processId}/stat");
            return status[(status.LastIndexOf(')') + 2)..][0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<double> SumAsync(Func<string, bool> isMeant)
    {
        var metrics = await Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return metrics.Split('\n').Where(isMeant)
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Process Launch(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Programs.Gateway, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static List<int> Children(int parent)
    {
        var children = new List<int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            try
            {
                var status = File.ReadAllText(Path.Combine(directory, "stat"));
                var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[0] != "Z" && fields[1] == $"{parent}")
                {
                    children.Add(int.Parse(Path.GetFileName(directory), System.Globalization.CultureInfo.InvariantCulture));
                }
            }
            catch (IOException)
            {
                // The process ended meanwhile.
            }
        }

        return children;
    }

    private void Receive(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups[1].Value));
        }

        if (AdminListening().Match(line) is { Success: true } admin)
        {
            _adminAddress.TrySetResult(new Uri(admin.Groups[1].Value));
        }
    }

    [GeneratedRegex("Now listening on: (https?://(?!unix)[^\\s\"]+)")]
    private static partial Regex Listening();

    [GeneratedRegex("The administration listens on (http://\\S+)")]
    private static partial Regex AdminListening();
}
