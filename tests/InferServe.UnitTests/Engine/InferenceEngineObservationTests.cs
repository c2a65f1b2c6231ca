using InferServe.Engine;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using Microsoft.Extensions.Time.Testing;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.Engine;

public sealed class InferenceEngineObservationTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingObserver _observer = new();
    private readonly ScriptedRunner _runner = new(rows: 2);
    private readonly InferenceEngine _engine;

    public InferenceEngineObservationTests()
    {
        // Each run takes a second.
        _runner.OnRun = _ => _time.Advance(TimeSpan.FromSeconds(1));
        _engine = InferenceEngine.CreateStepped(
            _runner, new EngineOptions { MaxSequences = 2, PrefillTokenBudget = 4 }, _time, _observer);
    }

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void Step_OneRequest_ReportsEachPhaseWithItsTime()
    {
        _engine.GenerateAsync(Request(promptTokens: 8, maxTokens: 3));
        _time.Advance(TimeSpan.FromSeconds(5));
        _engine.RunUntilIdle();

        Assert.Equal(["queued r1", "started r1 5", "first r1 7", "next r1 1", "next r1 1", "finished r1 Length"], _observer.Events);
        Assert.Equal(
            new RequestMeasurements
            {
                Request = _observer.Finished[0].Request,
                FinishReason = FinishReason.Length,
                PromptTokens = 8,
                GeneratedTokens = 3,
                QueueTime = TimeSpan.FromSeconds(5),
                PrefillTime = TimeSpan.FromSeconds(2),
                DecodeTime = TimeSpan.FromSeconds(2),
                TimeToFirstToken = TimeSpan.FromSeconds(7),
                Duration = TimeSpan.FromSeconds(9),
            },
            Assert.Single(_observer.Finished));
        var second = TimeSpan.FromSeconds(1);
        Assert.Equal([new(1, 0, 4, second), new(2, 0, 4, second), new(3, 1, 0, second), new(4, 1, 0, second)], _observer.Steps);
    }

    [Fact]
    public async Task Step_CancelledWhileWaiting_ReportsNoTimesOfPhasesNotReached()
    {
        using var cancellation = new CancellationTokenSource();
        _engine.GenerateAsync(Request(), cancellation.Token);
        await cancellation.CancelAsync();
        _engine.RunUntilIdle();

        RequestMeasurements measurements = Assert.Single(_observer.Finished);
        Assert.Equal(FinishReason.Cancelled, measurements.FinishReason);
        Assert.Equal((null, null, null, null), (
            measurements.QueueTime, measurements.PrefillTime, measurements.DecodeTime, measurements.TimeToFirstToken));
    }

    [Fact]
    public void Status_DuringTraffic_CountsRowsQueueAndKvTokens()
    {
        for (int i = 1; i <= 3; i++)
        {
            _engine.GenerateAsync(Request(first: i));
        }

        Assert.Equal((0, 3), (_engine.Status.Running, _engine.Status.Waiting));
        _engine.Step();
        Assert.Equal((1, 2), (_engine.Status.Running, _engine.Status.Waiting));
        _engine.Step();

        EngineStatus status = _engine.Status;
        Assert.Equal((2, 1, 2), (status.Running, status.Waiting, status.Rows));
        Assert.Equal((9L, 128L, 2L), (status.KvTokensUsed, status.KvTokenCapacity, status.Steps));
        Assert.Equal(9 / 128.0, status.KvUsageRatio);
    }

    [Fact]
    public void Status_NoStepForAWhile_SaysForHowLong()
    {
        _engine.GenerateAsync(Request());
        _engine.Step();
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(30), _engine.Status.SinceProgress);
    }
}
