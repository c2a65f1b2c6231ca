using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Worker;

/// <summary>A worker as a supervisor starts it: a process with the embedded model that listens on a Unix domain socket.</summary>
internal sealed class WorkerUnderTest : IAsyncDisposable
{
    public const string Model = "inferserve-nano";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("inferserve-");
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Process _process;

    private WorkerUnderTest(string[] arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        Socket = Path.Combine(_folder.FullName, "w.sock");
        File.WriteAllText(Socket, "left behind by a killed process");
        var start = new ProcessStartInfo(Programs.Worker, [$"--Worker:Model={ModelFolder}", $"--Worker:Socket={Socket}", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? string.Empty);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancellationToken) => ConnectAsync(Socket, cancellationToken) })
        {
            BaseAddress = new Uri("http://worker"),
            Timeout = Patience,
        };
    }

    public static string ModelFolder => Path.Combine(Programs.Root, "models", Model);

    public HttpClient Client { get; }

    public string Socket { get; }

    /// <summary>What the worker wrote on its error stream.</summary>
    public string Errors => string.Join('\n', _errors).Trim();

    /// <summary>What the worker wrote on its output stream, its log.</summary>
    public string Output => string.Join('\n', _output);

    public static WorkerUnderTest Start(params string[] arguments) => new(arguments);

    public static Task<WorkerUnderTest> StartReadyAsync(params string[] arguments) => StartReadyAsync(new Dictionary<string, string?>(), arguments);

    /// <summary>With changes of the environment; null removes a variable.</summary>
    public static async Task<WorkerUnderTest> StartReadyAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var worker = new WorkerUnderTest(arguments, environment);
        await worker.WaitUntilAsync(async () => await worker.StatusAsync("/health/ready") == 200);
        return worker;
    }

    public async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(
                Stopwatch.GetElapsedTime(started) < Patience && !_process.HasExited,
                $"Waited in vain. The worker's output:\n{string.Join('\n', _output)}\n{Errors}");
            await Task.Delay(20);
        }
    }

    /// <summary>Posts a body and returns when the status is there.</summary>
    public async Task<HttpResponseMessage> PostAsync(string body, string path = "/v1/chat/completions")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));

        // A large body may be refused by its length alone; a client that has begun to send it would see a broken connection instead.
        request.Headers.ExpectContinue = body.Length > 1 << 20;
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Posts a body that is answered with an error, and returns the error.</summary>
    public async Task<(int Status, JsonElement Error)> ErrorAsync(string body, string path = "/v1/chat/completions")
    {
        using var response = await PostAsync(body, path);
        return ((int)response.StatusCode, ErrorOf(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>The status of a GET, 0 when nobody listens.</summary>
    public async Task<int> StatusAsync(string path)
    {
        try
        {
            using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>The sum of a metric's values whose line holds <paramref name="label"/>.</summary>
    public async Task<double> MetricAsync(string name, string label = "") => Sum(await MetricsAsync(), name, label);

    /// <summary>Waits until the engine of a new worker has taken so many answers, whether they wait, run or have ended.</summary>
    public Task WaitForArrivalsAsync(int count) => WaitUntilAsync(async () =>
    {
        // What has ended is read first: an answer that ends meanwhile is missed until the next turn, but never counted twice.
        var ended = await MetricAsync("request_duration_seconds_count");
        var inside = await MetricsAsync();
        return ended + Sum(inside, "requests_running") + Sum(inside, "requests_waiting") == count;
    });

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends the standard input, as the end of the parent does.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The error object of a body in OpenAI's shape; fails when the shape is another.</summary>
    public static JsonElement ErrorOf(string body)
    {
        using var document = JsonDocument.Parse(body);
        var error = document.RootElement.GetProperty("error").Clone();
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(member => member.Name));
        return error;
    }

    private static double Sum(string metrics, string name, string label = "") => metrics.Split('\n')
        .Where(line => line.StartsWith($"inferserve_{name}{{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[line.LastIndexOf(' ')..], CultureInfo.InvariantCulture));

    private Task<string> MetricsAsync() => Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
