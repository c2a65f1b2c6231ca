using System.Net;
using System.Text.Json;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>models.json changes while the gateway runs.</summary>
public sealed class ReloadTests
{
    [Fact]
    public async Task FileChanges_ModelAddedAndRemoved_FollowsWithoutRestart()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();
        models.AddModel("beta");

        models.Write(File(("beta", 1)));

        await gateway.WaitUntilAsync(async () => await StatusAsync(gateway, "beta") == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway, "alpha"));
        await gateway.WaitUntilAsync(() => Task.FromResult(gateway.WorkerIds().Count == 1));
    }

    [Fact]
    public async Task FileChanges_LongModelNameBelowALongTemporaryFolder_IsServed()
    {
        using var models = new ModelsFolder("alpha");
        var temporary = Directory.CreateDirectory(Path.Combine(models.Root, new string('t', Math.Max(1, 58 - models.Root.Length)))).FullName;
        await using var gateway = await GatewayProcess.StartAsync(new Dictionary<string, string> { ["TMPDIR"] = temporary }, models.Arguments());
        await gateway.WaitUntilReadyAsync();
        var name = new string('n', 64);
        models.AddModel(name);

        models.Write(File((name, 1)));

        await gateway.WaitUntilAsync(async () => await StatusAsync(gateway, name) == HttpStatusCode.OK);
    }

    [Fact]
    public async Task FileHasMistakes_ModelsStayAndTheReasonIsShown()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments(AdminClient.Arguments));
        using var admin = await AdminClient.ConnectAsync(gateway);
        await gateway.WaitUntilReadyAsync();
        var worker = Assert.Single(gateway.WorkerIds());

        models.Write("""{"models":[{"name":"alpha","path":"alpha","replicas":0},{"name":"beta","path":"gone"}]}""");

        await gateway.WaitUntilAsync(async () => !(await ReloadAsync(admin)).GetProperty("succeeded").GetBoolean());
        var mistakes = (await ReloadAsync(admin)).GetProperty("mistakes").EnumerateArray().Select(mistake => mistake.GetString()!).ToList();
        var metrics = await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var (status, body) = await admin.PostAsync("/admin/reload");
        Assert.Equal(2, mistakes.Count);
        Assert.Contains("$.models[0].replicas: must be a whole number from 1 to 64, is 0", mistakes[0], StringComparison.Ordinal);
        Assert.Contains("inferserve_config_reload_total{result=\"failure\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("inferserve_config_last_reload_successful 0\n", metrics, StringComparison.Ordinal);
        await gateway.WaitForOutputAsync("has mistakes (file); the models stay as they are");
        Assert.Equal((422, "admin"), (status, body.GetProperty("trigger").GetString()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "alpha"));
        Assert.Equal(worker, Assert.Single(gateway.WorkerIds()));
    }

    [Fact]
    public async Task HangupSignal_ReadsTheFileAgain()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Gateway:ReloadOnChange=false"));
        await gateway.WaitUntilReadyAsync();
        models.Write(File(("alpha", 2)));

        Signals.Send("HUP", gateway.Id);

        await gateway.WaitForWorkersAsync("alpha", 2);
        await gateway.WaitForOutputAsync("alpha from 1 to 2 replicas");
    }

    /// <summary>A mounted ConfigMap: the file is a link through <c>..data</c>, which is exchanged.</summary>
    [Fact]
    public async Task LinkIsExchanged_FileIsReadAgain()
    {
        using var models = new ModelsFolder("alpha");
        models.AddModel("beta");
        var mount = Directory.CreateDirectory(Path.Combine(models.Root, "mount")).FullName;
        Publish("..1", ["alpha"]);
        System.IO.File.CreateSymbolicLink(Path.Combine(mount, "models.json"), Path.Combine("..data", "models.json"));
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments($"--Models={Path.Combine(mount, "models.json")}"));
        await gateway.WaitUntilReadyAsync();

        Publish("..2", ["alpha", "beta"]);

        await gateway.WaitUntilAsync(async () => await StatusAsync(gateway, "beta") == HttpStatusCode.OK);

        void Publish(string version, string[] names)
        {
            Directory.CreateDirectory(Path.Combine(mount, version));
            var entries = names.Select(name => new { name, path = Path.Combine(models.Root, name) });
            System.IO.File.WriteAllText(Path.Combine(mount, version, "models.json"), JsonSerializer.Serialize(new { models = entries }));
            Directory.CreateSymbolicLink(Path.Combine(mount, "..next"), version);
            using var move = System.Diagnostics.Process.Start("mv", ["-Tf", Path.Combine(mount, "..next"), Path.Combine(mount, "..data")]);
            move.WaitForExit();
        }
    }

    [Fact]
    public async Task ModelChanges_NewWorkerIsReadyBeforeTheOldOneGoesAndRunningRequestsFinish()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Supervision:StopSeconds=0.5"));
        await gateway.WaitUntilReadyAsync();
        var old = Assert.Single(gateway.WorkerIds());
        using var running = await gateway.PostAsync("""{"model":"alpha","prompt":"stream rest-on-release"}""");

        // The old worker outlives its successor, too.
        foreach (var threads in new[] { 1, 2 })
        {
            var before = await WorkerAsync();
            models.Write(new { models = new[] { new { name = "alpha", path = "alpha", threads } } });
            await gateway.WaitUntilAsync(async () => await WorkerAsync() != before);
        }

        Assert.True(GatewayProcess.IsRunning(old));
        models.Put("alpha", "release");
        Assert.EndsWith("data: {\"index\":4}\n\ndata: [DONE]\n\n", await running.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await gateway.WaitUntilAsync(() => Task.FromResult(!GatewayProcess.IsRunning(old)));
        await gateway.WaitUntilReadyAsync();

        async Task<int> WorkerAsync()
        {
            using var response = await gateway.PostAsync("""{"model":"alpha"}""");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            return body.RootElement.GetProperty("pid").GetInt32();
        }
    }

    internal static object File(params (string Name, int Replicas)[] models)
        => new { models = models.Select(model => new { name = model.Name, path = model.Name, replicas = model.Replicas, aliases = new[] { $"{model.Name}-alias" } }) };

    private static async Task<JsonElement> ReloadAsync(AdminClient admin) => (await admin.StatusAsync()).GetProperty("reload");

    private static async Task<HttpStatusCode> StatusAsync(GatewayProcess gateway, string model)
    {
        using var response = await gateway.PostAsync($$"""{"model":"{{model}}"}""");
        return response.StatusCode;
    }
}
