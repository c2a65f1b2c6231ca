using InferServe.IntegrationTests.Worker;

namespace InferServe.IntegrationTests.Devices;

/// <summary>A worker that is asked for a device.</summary>
public sealed class DeviceServingTests
{
    [Fact]
    public async Task Start_DeviceMissing_ExitsWithOneSentence()
    {
        await using var worker = WorkerUnderTest.Start("--Worker:Device=webgpu");

        Assert.Equal(3, await worker.WaitForExitAsync());
        Assert.Contains("device 'webgpu' cannot be used: WebGPU execution provider is not supported in this build", worker.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', worker.Errors);
    }

    [Theory]
    [InlineData("--Worker:ProviderOptions={\"a\":1}", "Worker:ProviderOptions must be a JSON object of texts; it is {\"a\":1}")]
    [InlineData("--Worker:ExecutionProviderLibraries:0:Name=cuda", "must have a path and a name that is none of cpu, cuda, webgpu, auto each; one is 'cuda' at ''.")]
    [InlineData("--Worker:RuntimeLibrary=/no-such-runtime.so", "the runtime library '/no-such-runtime.so' does not exist")]
    public async Task Start_WrongSetting_ExitsWithTheRule(string argument, string expected)
    {
        await using var worker = WorkerUnderTest.Start(argument);

        Assert.InRange(await worker.WaitForExitAsync(), 2, 3);
        Assert.Contains(expected, worker.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AutoWithoutAccelerator_WarnsAndServes()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync("--Worker:Device=auto");

        using var answer = await worker.PostAsync(Requests.Chat("Hello!", ",\"max_tokens\":8"));

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Contains("so the model runs on the processor", worker.Output, StringComparison.Ordinal);
    }
}
