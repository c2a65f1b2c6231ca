using InferServe.LoadTests.Http;
using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Running;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.NBomber;

/// <summary>A server that has answered a first request, with what is needed to ask it a scenario's questions.</summary>
internal sealed class ServerSession : IDisposable
{
    private readonly HttpClient _http;
    private readonly SessionPlanner _planner;
    private readonly PromptComposer _composer;
    private readonly StreamingClient _client;
    private readonly RunClock _clock = new(TimeProvider.System);

    private ServerSession(HttpClient http, RunSettings settings, IReadOnlyDictionary<string, TokenScale> scales)
    {
        _http = http;
        Settings = settings;
        _planner = new SessionPlanner(settings.Scenario, settings.Models, settings.Seed);
        _composer = new PromptComposer(settings.Scenario, scales, settings.Seed);
        _client = new StreamingClient(http, settings.Server, settings.Scenario, settings.WithUsage);
    }

    public RunSettings Settings { get; }

    /// <exception cref="ServerException">The server does not answer.</exception>
    public static async Task<ServerSession> PrepareAsync(RunSettings settings, CancellationToken stop)
    {
        HttpClient http = HttpClients.Create(settings.Scenario.Connection);
        try
        {
            var probe = new ServerProbe(http, settings.Server, TimeProvider.System);
            settings = settings with { Models = await probe.ModelsAsync(settings.Models, settings.Scenario.Models, stop) };
            return new ServerSession(http, settings, await probe.ScalesAsync(settings, stop));
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>The next session of the plan.</summary>
    public PlannedSession Next() => _planner.Next();

    /// <summary>Sends the request of a session's turn.</summary>
    /// <param name="session">The session.</param>
    /// <param name="turn">From 0.</param>
    /// <param name="before">The messages before it; receives the new ones.</param>
    /// <param name="stop">Ends the request.</param>
    public SentRequest Send(PlannedSession session, int turn, List<ChatMessage> before, CancellationToken stop)
    {
        IReadOnlyList<ChatMessage> messages = _composer.Compose(session, turn, before);
        before.Clear();
        before.AddRange(messages);
        PlannedTurn plan = session.Turns[turn];
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = new OutgoingRequest
        {
            Session = session.Index,
            Model = session.Model,
            Planned = _clock.Now,
            Body = RequestBody.Write(Settings.Scenario, session.Model, messages, plan.OutputTokens, Settings.WithUsage),
            MaxTokens = plan.OutputTokens,
            ApiKey = Settings.Server.KeyFor(session.Index),
            AbortAfterTokens = plan.AbortAfterTokens,
            AbortAfterSeconds = plan.AbortAfterSeconds,
            FirstText = first,
        };
        return new SentRequest(first.Task, _client.SendAsync(request, _clock, stop));
    }

    public void Dispose() => _http.Dispose();
}
