using System.Net;
using System.Text.RegularExpressions;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.Serving;

/// <summary>Cancel, crash and shutdown of the whole server with the real worker and the embedded model.</summary>
public sealed partial class EventsTests : IAsyncLifetime
{
    private const int Answers = 64;

    // Without its end tokens the model runs on until the limit, and more answers than there are rows wait for one another, so that the
    // stream is still running when the test acts.
    private const string LongRequest = """
        {"model":"inferserve-nano","prompt":"The capital of France is","temperature":2,"seed":7,"max_tokens":1900,"ignore_eos":true,"stream":true,"n":64}
        """;

    private const string ShortRequest = """
        {"model":"inferserve-nano","messages":[{"role":"user","content":"What is the capital of France?"}],"temperature":0}
        """;

    private readonly ServerFixture _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Cancel_ClientLeavesAStream_RowsAreFree()
    {
        using (HttpResponseMessage response = await _server.Gateway.PostAsync(LongRequest, "/v1/completions"))
        {
            await FirstChunkAsync(response);
        }

        await _server.Gateway.WaitUntilAsync(async () => await MetricAsync("requests_total") == Answers);
        Assert.InRange(await MetricAsync("requests_total", "cancelled"), Answers / 2, Answers);
        await _server.Gateway.WaitUntilAsync(async () => await MetricAsync("requests_running") == 0);
    }

    [Fact]
    public async Task Crash_WorkerKilledInAStream_CleanErrorThenServesAgain()
    {
        int worker = Assert.Single(_server.Gateway.WorkerIds());
        using HttpResponseMessage response = await _server.Gateway.PostAsync(LongRequest, "/v1/completions");
        Stream body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(body);
        await reader.ReadLineAsync();

        System.Diagnostics.Process.GetProcessById(worker).Kill();

        string rest = await reader.ReadToEndAsync();
        string last = rest.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.StartsWith("data: {\"error\":", last, StringComparison.Ordinal);
        await _server.Gateway.WaitUntilAsync(async () =>
        {
            using HttpResponseMessage answer = await _server.Gateway.PostAsync(ShortRequest);
            return answer.StatusCode == HttpStatusCode.OK;
        });
        Assert.DoesNotContain(worker, _server.Gateway.WorkerIds());
    }

    [Fact]
    public async Task Terminate_Gateway_NoProcessRemains()
    {
        int worker = Assert.Single(_server.Gateway.WorkerIds());

        _server.Gateway.Terminate();

        Assert.Equal(0, await _server.Gateway.WaitForExitAsync());
        Assert.False(GatewayProcess.IsRunning(worker));
    }

    private static async Task FirstChunkAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(), leaveOpen: true);
        Assert.StartsWith("data: ", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    /// <summary>The value of a metric of the worker as the gateway shows it, 0 when it is not there.</summary>
    private async Task<double> MetricAsync(string name, string label = "")
    {
        string text = await _server.Gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return MetricLine().Matches(text)
            .Where(match => match.Groups["name"].Value == $"inferserve_{name}" && match.Groups["labels"].Value.Contains(label, StringComparison.Ordinal))
            .Sum(match => double.Parse(match.Groups["value"].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^(?<name>\w+)\{(?<labels>[^}]*)\} (?<value>\S+)$", RegexOptions.Multiline)]
    private static partial Regex MetricLine();
}
