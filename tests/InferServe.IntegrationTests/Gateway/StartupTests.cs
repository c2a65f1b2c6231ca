namespace InferServe.IntegrationTests.Gateway;

public sealed class StartupTests
{
    [Fact]
    public async Task Start_ModelsFileWithMistakes_NamesThemAllAndEnds()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("gateway-test-").FullName, "models.json");
        await File.WriteAllTextAsync(file, "{\n  \"models\": [\n    { \"name\": \"a\", \"path\": \"gone\", \"replica\": 1 }\n  ]\n}\n");

        var (exitCode, output) = await GatewayProcess.RunToEndAsync($"--Models={file}");

        Assert.Equal(1, exitCode);
        Assert.Equal(
            [
                $"{file}:3:28: $.models[0].path: the model folder \"gone\" does not exist; relative paths start at the folder of this file",
                $"{file}:3:36: $.models[0]: unknown property \"replica\"; did you mean \"replicas\"?",
            ],
            output.Split(Environment.NewLine));
    }

    [Fact]
    public async Task Start_UnknownSetting_IsNamedAndEnds()
    {
        using var models = new ModelsFolder("alpha");

        var (exitCode, output) = await GatewayProcess.RunToEndAsync(models.Arguments("--Gateway:DrainSecond=3"));

        Assert.Equal(1, exitCode);
        Assert.Contains("Gateway:DrainSecond", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AllReady_PrintsAddressModelsAndACall()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());

        await gateway.WaitUntilAsync(() => Task.FromResult(gateway.Output.Contains("curl http://127.0.0.1:", StringComparison.Ordinal)));

        Assert.Contains("alpha  ready, 1 of 1 workers", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_Command_TellsWhetherTheGatewayIsReady()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();

        var (ready, _) = await GatewayProcess.RunToEndAsync("health", $"--urls={gateway.Client.BaseAddress}");
        var (absent, _) = await GatewayProcess.RunToEndAsync("health", "--urls=http://127.0.0.1:1");

        Assert.Equal((0, 1), (ready, absent));
    }

    [Fact]
    public async Task Health_CommandWhileAModelLoads_TellsLiveFromReady()
    {
        using var models = new ModelsFolder("alpha");
        models.Put("alpha", "loading");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());

        var (live, _) = await GatewayProcess.RunToEndAsync("health", "live", $"--urls={gateway.Client.BaseAddress}");
        var (ready, answer) = await GatewayProcess.RunToEndAsync("health", "ready", $"--Kestrel:Endpoints:Http:Url={gateway.Client.BaseAddress}", "--urls=http://127.0.0.1:1");

        Assert.Equal((0, 1), (live, ready));
        Assert.Contains("not_ready", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Admin:Listen", "https://127.0.0.1:0")]
    [InlineData("Metrics:Listen", "https://127.0.0.1:0")]
    [InlineData("Metrics:Listen", "9090")]
    public async Task Listen_AddressThatIsNotHttp_IsRefusedInOneSentence(string setting, string address)
    {
        using var models = new ModelsFolder("alpha");

        var (exitCode, output) = await GatewayProcess.RunToEndAsync(models.Arguments($"--{setting}={address}", "--Admin:Key=0123456789abcdef"));

        Assert.Equal(1, exitCode);
        Assert.Contains("Listen must be one address that begins with http://", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
