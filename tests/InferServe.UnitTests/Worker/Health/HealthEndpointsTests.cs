using InferServe.Contracts.Errors;
using InferServe.Engine;
using InferServe.Engine.Model;
using InferServe.UnitTests.Engine;
using InferServe.UnitTests.Worker.Models;
using InferServe.Worker.Health;
using InferServe.Worker.Hosting;
using InferServe.Worker.Models;
using Microsoft.Extensions.Options;

namespace InferServe.UnitTests.Worker.Health;

public sealed class HealthEndpointsTests : IDisposable
{
    private readonly IOptions<WorkerOptions> _options = Options.Create(new WorkerOptions { Model = "m", Name = "nano" });
    private readonly ScriptedRunner _runner = new(rows: 1);
    private readonly InferenceEngine _engine;
    private readonly ModelHost _host;

    public HealthEndpointsTests()
    {
        _engine = InferenceEngine.CreateStepped(_runner, new EngineOptions { MaxSequences = 1 });
        _host = new ModelHost(_options);
    }

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void Ready_EngineWorks_IsReady()
    {
        _host.TryEnterReady(EngineModel.Of(_engine));

        Assert.Contains("ready", HealthEndpoints.Ready(_host, _options).ResponseContent, StringComparison.Ordinal);
        Assert.Contains("alive", HealthEndpoints.Live(_host, _options).ResponseContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Live_EveryStepFails_Is503AndReadyStaysForTheRequestThatMayMendIt()
    {
        _host.TryEnterReady(EngineModel.Of(_engine));
        _runner.OnRun = _ => throw new ModelRunException("the device is lost");
        for (var i = 0; i < 5; i++)
        {
            _engine.GenerateAsync(EngineFixtures.Request());
            _engine.Step();
        }

        Assert.Contains("ready", HealthEndpoints.Ready(_host, _options).ResponseContent, StringComparison.Ordinal);
        Assert.Contains("5 steps in a row", Refusal(() => HealthEndpoints.Live(_host, _options)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadyAndLive_EngineHasStopped_Are503()
    {
        using var runner = new ScriptedRunner(rows: 1) { OnRelease = _ => throw new ModelRunException("no release") };
        await using var engine = new InferenceEngine(runner, new EngineOptions { MaxSequences = 1 });
        _host.TryEnterReady(EngineModel.Of(engine));
        await engine.GenerateAsync(EngineFixtures.Request()).ToListAsync();
        await engine.DrainAsync(TimeSpan.FromSeconds(60));

        Assert.Contains("engine has stopped", Refusal(() => HealthEndpoints.Ready(_host, _options)), StringComparison.Ordinal);
        Assert.Contains("engine has stopped", Refusal(() => HealthEndpoints.Live(_host, _options)), StringComparison.Ordinal);
    }

    [Fact]
    public void Ready_WhileLoading_Is503ThoughAlive()
    {
        Assert.Contains("is loading", Refusal(() => HealthEndpoints.Ready(_host, _options)), StringComparison.Ordinal);
        Assert.Contains("alive", HealthEndpoints.Live(_host, _options).ResponseContent, StringComparison.Ordinal);
    }

    private static string Refusal(Func<object> ask)
    {
        var error = Assert.Throws<ApiException>(ask).Error;
        Assert.Equal((503, "model_unavailable"), (error.Status, error.Code));
        return error.Message;
    }
}
