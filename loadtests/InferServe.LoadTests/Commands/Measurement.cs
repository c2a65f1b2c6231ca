using InferServe.LoadTests.Http;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Reporting;
using InferServe.LoadTests.Running;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Commands;

/// <summary>A server that has answered a first request, ready to be measured any number of times.</summary>
internal sealed class Measurement : IDisposable
{
    private readonly HttpClient _http;
    private readonly IReadOnlyDictionary<string, TokenScale> _scales;
    private readonly TextWriter? _terminal;

    private Measurement(HttpClient http, RunSettings settings, IReadOnlyDictionary<string, TokenScale> scales, TextWriter? terminal)
    {
        _http = http;
        Settings = settings;
        _scales = scales;
        _terminal = terminal;
    }

    public RunSettings Settings { get; }

    /// <summary>Finds the models and measures how many tokens they make of words.</summary>
    /// <param name="settings">Its models may be empty; the scenario's or the server's are taken then.</param>
    /// <param name="terminal">Where live progress goes, or null.</param>
    /// <param name="stop">Ends the preparation.</param>
    /// <exception cref="ServerException">The server does not answer.</exception>
    public static async Task<Measurement> PrepareAsync(RunSettings settings, TextWriter? terminal, CancellationToken stop)
    {
        HttpClient http = HttpClients.Create(settings.Scenario.Connection);
        try
        {
            var probe = new ServerProbe(http, settings.Server, TimeProvider.System);
            settings = settings with { Models = await probe.ModelsAsync(settings.Models, settings.Scenario.Models, stop).ConfigureAwait(false) };
            return new Measurement(http, settings, await probe.ScalesAsync(settings, stop).ConfigureAwait(false), terminal);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Runs the scenario, or another of the same connection, once.</summary>
    public async Task<RunResult> RunAsync(int seed, string title, CancellationToken stop, Scenario? other = null)
    {
        RunSettings settings = Settings with { Seed = seed, Scenario = other ?? Settings.Scenario };
        var run = new ScenarioRun(settings, _scales, _http, TimeProvider.System);
        if (_terminal is null)
        {
            return await run.RunAsync(null, stop).ConfigureAwait(false);
        }

        await using var progress = new TerminalProgress(_terminal, title, settings.Scenario.Load.End);
        return await run.RunAsync(progress.Watch, stop).ConfigureAwait(false);
    }

    public void Dispose() => _http.Dispose();
}
