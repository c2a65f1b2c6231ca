namespace InferServe.IntegrationTests.Worker;

/// <summary>Start and end of a worker's process.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task Start_StaleSocketFile_IsReplacedByOneForTheOwnerAlone()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync();

        Assert.Equal(200, await worker.StatusAsync("/health/live"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(worker.Socket));
        }
    }

    [Fact]
    public async Task Terminate_RequestsRun_TheyFinishWhileNewOnesAreRefused()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync("--Worker:MaxSequences=1", "--Worker:DrainSeconds=600");
        using var running = new EventStream(await worker.PostAsync(Requests.Long, "/v1/completions"));
        await running.NextAsync();
        var waiting = Enumerable.Range(0, 3).Select(_ => worker.PostAsync(Requests.Short, "/v1/completions")).ToList();
        await worker.WaitForArrivalsAsync(Requests.Answers + waiting.Count);

        worker.Terminate();
        await worker.WaitUntilAsync(async () => await worker.StatusAsync("/health/ready") == 503);

        var (status, error) = await worker.ErrorAsync(Requests.Chat("Hi"));
        Assert.Equal((503, "model_unavailable"), (status, error.GetProperty("code").GetString()));
        Assert.Equal("[DONE]", (await running.RestAsync())[^1]);
        foreach (var response in waiting)
        {
            using var stream = new EventStream(await response);
            Assert.Equal("[DONE]", (await stream.RestAsync())[^1]);
        }

        Assert.Equal(0, await worker.WaitForExitAsync());
        Assert.False(File.Exists(worker.Socket));
    }

    [Fact]
    public async Task Terminate_TimeIsOver_StreamEndsWithAnErrorEvent()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync("--Worker:DrainSeconds=0");
        using var stream = new EventStream(await worker.PostAsync(Requests.Long, "/v1/completions"));
        await stream.NextAsync();

        worker.Terminate();

        var last = (await stream.RestAsync())[^1];
        Assert.Equal("server_shutting_down", WorkerUnderTest.ErrorOf(last).GetProperty("code").GetString());
        Assert.Equal(0, await worker.WaitForExitAsync());
    }

    [Fact]
    public async Task CloseInput_ExitWithParent_EndsTheWorker()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync("--Worker:ExitWithParent=true");

        worker.CloseInput();

        Assert.Equal(0, await worker.WaitForExitAsync());
    }

    [Fact]
    public async Task Start_Ready_TelemetryOfTheRuntimeHasLeftNoTrace() => Assert.Empty(await TelemetryTraces.OfWorkerAsync());

    [Fact]
    public async Task Start_NoModelFolder_ExitsWithTheReason()
    {
        await using var worker = WorkerUnderTest.Start("--Worker:Model=no-such-folder");

        Assert.Equal(3, await worker.WaitForExitAsync());
        Assert.Contains("no-such-folder", worker.Errors, StringComparison.Ordinal);
        Assert.Contains("does not exist", worker.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Worker:MaxSequences=0", "Worker:MaxSequences must be 1 to 1024; it is 0.")]
    [InlineData("--Worker:MaxSequences=many", "many")]
    public async Task Start_WrongConfiguration_ExitsWithTheRule(string argument, string expected)
    {
        await using var worker = WorkerUnderTest.Start(argument);

        Assert.Equal(2, await worker.WaitForExitAsync());
        Assert.Contains(expected, worker.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", worker.Errors, StringComparison.Ordinal);
    }
}
