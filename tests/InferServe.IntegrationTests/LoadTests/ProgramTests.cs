using System.Diagnostics;
using System.Text.Json;
using InferServe.IntegrationTests.Gateway;

namespace InferServe.IntegrationTests.LoadTests;

/// <summary>The load generator as a user starts it: exit codes, messages, report files.</summary>
public sealed class ProgramTests : IDisposable
{
    private const string Key = "sk-very-secret";

    private readonly string _folder = Directory.CreateTempSubdirectory("loadtests-").FullName;

    [Fact]
    public async Task Run_ObjectivesMetOrMissed_ExitCodeAndReports()
    {
        string? seen = null;
        await using StubServer server = await StubServer.StartAsync(async (context, _) =>
        {
            seen = context.Request.Headers.Authorization;
            StubServer.BeginStream(context);
            await StubServer.WriteAsync(context, StubServer.Text("x"));
            await StubServer.WriteAsync(context, StubServer.End(1, 1));
        });

        (int met, string output) = await StartAsync("run", Scenario(mostErrors: 0), "--url", Base(server), "--output", _folder);
        (int missed, string _) = await StartAsync("run", Scenario(mostErrors: -1), "--url", Base(server));

        Assert.True(met == 0, output);
        Assert.Equal(1, missed);
        Assert.Equal($"Bearer {Key}", seen);
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "ci.json")));
        Assert.Equal(5, report.RootElement.GetProperty("summary").GetProperty("completed").GetInt32());
        Assert.All(
            [output, .. Directory.GetFiles(_folder, "ci.*").Select(File.ReadAllText)],
            text => Assert.DoesNotContain(Key, text, StringComparison.Ordinal));
        Assert.Equal([".html", ".json", ".md"], Directory.GetFiles(_folder, "ci.*").Select(Path.GetExtension).Order());
    }

    [Fact]
    public async Task Compare_TwoServers_ByTurnsWithTheSameRequests()
    {
        var turns = new List<string>();
        await using StubServer a = await RecordingAsync("a"), b = await RecordingAsync("b");

        (int code, string output) = await StartAsync(
            "compare", Scenario(mostErrors: 0), "--a-url", Base(a), "--b-url", Base(b), "--rounds", "2", "--output", _folder);

        Assert.True(code == 0, output);
        string[] measured = [.. turns.Where(turn => !turn.EndsWith(" 4", StringComparison.Ordinal)).Select(turn => turn[..^2])];
        string[] bodies = [.. measured.Select(turn => turn[1..])];
        Assert.Equal(string.Concat(Enumerable.Repeat("aaaaabbbbb", 2)), string.Concat(measured.Select(turn => turn[0])));
        Assert.Equal(bodies[..5], bodies[5..10]);
        Assert.Equal(bodies[10..15], bodies[15..]);
        Assert.NotEqual(bodies[..5], bodies[10..15]);
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "compare-ci.json")));
        Assert.Equal(2, report.RootElement.GetProperty("rounds").GetArrayLength());

        Task<StubServer> RecordingAsync(string name) => StubServer.StartAsync(async (context, body) =>
        {
            turns.Add($"{name}{body.GetProperty("messages")} {body.GetProperty("max_tokens")}");
            StubServer.BeginStream(context);
            await StubServer.WriteAsync(context, StubServer.Text("x"));
            await StubServer.WriteAsync(context, StubServer.End(1, 1));
        });
    }

    [Fact]
    public async Task Speedup_Stub_ReportsEveryNumber()
    {
        await using StubServer server = await StubServer.StartAsync(async (context, _) =>
        {
            StubServer.BeginStream(context);
            await StubServer.WriteAsync(context, StubServer.Text("x"));
            await StubServer.WriteAsync(context, StubServer.End(1, 1));
        });

        (int code, string output) = await StartAsync("speedup", "--url", Base(server), "--concurrency", "1,3", "--rounds", "2", "--same-prompts");

        Assert.True(code == 0, output);
        Assert.Contains("| 3 | ", output, StringComparison.Ordinal);
        Assert.Contains("answers that differ between the two ways**: 0 of 8", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no command")]
    [InlineData("no such scenario", "run", "nothing")]
    [InlineData("nobody listens", "run", "steady", "--url", "http://127.0.0.1:1/v1", "--model", "x")]
    [InlineData("not an address", "run", "steady", "--url", "ftp://x")]
    [InlineData("unknown option", "run", "steady", "--colour", "blue")]
    [InlineData("unknown variable", "check", "steady", "--set", "speed=1")]
    public async Task Start_NoResult_ExitCodeTwoAndAReason(string what, params string[] arguments)
    {
        (int code, string output) = await StartAsync(arguments);

        Assert.True(code == 2, $"{what}: {output}");
        Assert.NotEmpty(output);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Scenario(int mostErrors)
    {
        string path = Path.Combine(_folder, $"scenario{mostErrors}.json");
        File.WriteAllText(path, $$"""
            {
              "name": "ci", "description": "for tests", "good": "it passes",
              "load": { "concurrency": 1, "requests": 5 },
              "prompts": { "kind": "synthetic", "tokens": { "distribution": "uniform", "min": 5, "max": 20 } },
              "output": { "tokens": 9 },
              "objectives": { "run": [{ "metric": "errors", "atMost": {{mostErrors}} }] }
            }
            """);
        return path;
    }

    private static string Base(StubServer server) => server.Url.ToString().TrimEnd('/');

    private static async Task<(int ExitCode, string Output)> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.LoadTests, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENAI_API_KEY"] = Key;
        using Process process = Process.Start(start)!;
        using var impatience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        Task<string> output = process.StandardOutput.ReadToEndAsync(impatience.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(impatience.Token);
        await process.WaitForExitAsync(impatience.Token);
        return (process.ExitCode, await output + await errors);
    }
}
