using System.Diagnostics;
using System.Text.Json;
using InferServe.IntegrationTests.Gateway;
using InferServe.IntegrationTests.OnnxRuntime;

namespace InferServe.IntegrationTests.Worker;

/// <summary>Damaged models in real worker processes: they end with an exit code of their own and say why, and never by a signal.</summary>
public sealed class DamagedModelTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ServableFolder _folder = new(TinyModel.Of("int8-external"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Worker_GraphCut_EndsAndNamesFileAndPlace()
    {
        byte[] graph = await File.ReadAllBytesAsync(_folder.PathOf("model.onnx"));
        await File.WriteAllBytesAsync(_folder.PathOf("model.onnx"), graph[..(graph.Length / 2)]);

        var (exitCode, output) = await RunAsync($"--Worker:Model={_folder.Path}", "--urls=http://127.0.0.1:0");

        Assert.Equal(3, exitCode);
        Assert.Contains("'model.onnx' is not an ONNX model: byte ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_ConfigWrong_EndsAndNamesFileAndField()
    {
        var config = await File.ReadAllTextAsync(_folder.PathOf("genai_config.json"));
        await File.WriteAllTextAsync(_folder.PathOf("genai_config.json"), config.Replace("\"head_size\": 16", "\"head_size\": -16", StringComparison.Ordinal));

        var (exitCode, output) = await RunAsync($"--Worker:Model={_folder.Path}", "--urls=http://127.0.0.1:0");

        Assert.Equal(3, exitCode);
        Assert.Contains("genai_config.json: model.decoder.head_size must be a whole number between 1 and 4096, got -16", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Inspect_BitsOfTheGraphFlipped_EndsWithAnAnswer(int seed)
    {
        var random = new Random(seed);
        byte[] graph = await File.ReadAllBytesAsync(_folder.PathOf("model.onnx"));
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            graph[random.Next(graph.Length)] ^= (byte)(1 << random.Next(8));
        }

        await File.WriteAllBytesAsync(_folder.PathOf("model.onnx"), graph);

        var (exitCode, output) = await RunAsync("inspect", _folder.Path, "--json");

        using var report = JsonDocument.Parse(output);
        int problems = report.RootElement.GetProperty("problems").GetArrayLength();
        Assert.Equal(problems == 0 ? 0 : 1, exitCode);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var worker = Process.Start(new ProcessStartInfo(Programs.Worker, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var impatience = new CancellationTokenSource(Patience);
        try
        {
            var output = worker.StandardOutput.ReadToEndAsync(impatience.Token);
            var errors = worker.StandardError.ReadToEndAsync(impatience.Token);
            await worker.WaitForExitAsync(impatience.Token);
            return (worker.ExitCode, await output + await errors);
        }
        finally
        {
            if (!worker.HasExited)
            {
                worker.Kill(entireProcessTree: true);
            }
        }
    }
}
