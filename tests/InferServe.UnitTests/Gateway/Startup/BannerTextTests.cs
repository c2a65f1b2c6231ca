using InferServe.Gateway.Registry;
using InferServe.Gateway.Startup;
using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Startup;

public sealed class BannerTextTests
{
    [Fact]
    public void Compose_ReadyAndFailedModel_ShowsBothAndCallsTheReadyOne()
    {
        var text = BannerText.Compose("1.2.3", ["http://[::]:8000"], [Status("broken", WorkerState.Failed), Status("nano", WorkerState.Ready)]);

        Assert.Contains("InferServe 1.2.3 listens on http://[::]:8000", text, StringComparison.Ordinal);
        Assert.Contains("  broken  has failed: its worker exited with code 3", text, StringComparison.Ordinal);
        Assert.Contains("  nano    ready, 1 of 1 workers", text, StringComparison.Ordinal);
        Assert.Contains("curl http://localhost:8000/v1/chat/completions", text, StringComparison.Ordinal);
        Assert.Contains("\"model\":\"nano\"", text, StringComparison.Ordinal);
    }

    private static ModelStatus Status(string name, WorkerState state)
    {
        var model = new ModelDefinition { Name = name, Folder = "/" };
        var worker = new WorkerStatus
        {
            Worker = new WorkerDefinition(name, model),
            State = state,
            Since = default,
            Reason = state == WorkerState.Ready ? null : "exited with code 3",
        };
        return ModelStatus.Of(model, [worker]);
    }
}
