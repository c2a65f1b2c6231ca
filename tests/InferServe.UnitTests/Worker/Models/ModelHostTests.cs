using InferServe.Contracts.Errors;
using InferServe.Worker.Hosting;
using InferServe.Worker.Models;
using Microsoft.Extensions.Options;

namespace InferServe.UnitTests.Worker.Models;

public sealed class ModelHostTests
{
    private readonly ModelHost _host = new(Options.Create(new WorkerOptions { Model = "m", Name = "nano" }));

    [Fact]
    public void Require_WhileLoading_Is503WithRetryAfter()
    {
        var error = Assert.Throws<ApiException>(() => _host.Require()).Error;

        Assert.Equal((503, "model_unavailable", 2), (error.Status, error.Code, error.RetryAfterSeconds));
        Assert.Contains("'nano' is loading", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EnterDraining_BeforeTheModelIsLoaded_LeavesNoWayToReady()
    {
        Assert.Null(_host.EnterDraining());

        Assert.False(_host.TryEnterReady(null!));
        Assert.Contains("shutting down", _host.Unavailable().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryEnterFailed_WhileLoading_IsFinal()
    {
        Assert.True(_host.TryEnterFailed());

        Assert.False(_host.TryEnterReady(null!));
        _host.EnterDraining();
        Assert.Equal(ModelPhase.Failed, _host.Status.Phase);
    }
}
