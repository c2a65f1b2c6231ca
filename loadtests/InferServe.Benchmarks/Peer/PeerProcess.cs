using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace InferServe.Benchmarks.Peer;

/// <summary>llama.cpp in a Node process beside this one, which waits while the engine is measured.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process, string release)
    {
        _process = process;
        Release = release;
    }

    /// <summary>llama.cpp's release.</summary>
    public string Release { get; }

    /// <param name="script">Path of <c>llama-cpp.mjs</c>, with its packages installed beside it.</param>
    /// <param name="file">The GGUF file.</param>
    /// <param name="threads">Threads of a run.</param>
    /// <param name="sequences">The most streams at once.</param>
    /// <param name="contextLength">Tokens of each stream.</param>
    /// <exception cref="InvalidOperationException">The process does not start or does not load the model.</exception>
    public static async Task<PeerProcess> StartAsync(string script, string file, int threads, int sequences, int contextLength)
    {
        string[] arguments = [script, file, .. new[] { threads, sequences, contextLength }.Select(n => n.ToString(CultureInfo.InvariantCulture))];
        var process = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string? line = await process.StandardOutput.ReadLineAsync();
        using JsonDocument ready = JsonDocument.Parse(line ?? throw new InvalidOperationException("The peer's process ended before its model was loaded."));
        return new PeerProcess(process, ready.RootElement.GetProperty("release").GetString()!);
    }

    /// <summary>Runs prompts at once.</summary>
    /// <param name="prompts">Token ids of each stream's prompt.</param>
    /// <param name="tokens">Tokens that each stream generates.</param>
    /// <param name="lookup">Whether tokens are guessed by prompt lookup.</param>
    public async Task<PeerRun> RunAsync(IReadOnlyList<int[]> prompts, int tokens, bool lookup)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { prompts, tokens, lookup }));
        await _process.StandardInput.FlushAsync();
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The peer's process ended.");
        return JsonSerializer.Deserialize<PeerRun>(line, JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
