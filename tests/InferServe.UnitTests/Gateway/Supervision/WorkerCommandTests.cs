using System.Collections;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class WorkerCommandTests
{
    private static readonly ModelDefinition Model = new() { Name = "m", Folder = "/models/m" };

    [Fact]
    public void Arguments_OnlyWhatIsDefined_IsPassed()
        => Assert.Equal(
            [
                "--Worker:Model=/models/m", "--Worker:Name=m", "--Worker:Socket=/s", "--Worker:ExitWithParent=true",
                "--Worker:DrainSeconds=30", "--Worker:Limits:BodyBytes=4194304",
            ],
            Arguments(Model));

    [Fact]
    public void Arguments_FullDefinition_PassesAll()
    {
        var arguments = Arguments(Model with { Aliases = ["x", "y"], MaxSequences = 1, QueueLimit = 2, ContextLength = 3, Threads = 4, Runtime = "genai" });

        Assert.Equal(
            ["--Worker:Runtime=genai", "--Worker:MaxSequences=1", "--Worker:QueueLimit=2", "--Worker:ContextLength=3", "--Worker:Threads=4"],
            arguments[4..^2]);
    }

    [Fact]
    public void Arguments_Device_IsPassed()
    {
        var arguments = Arguments(Model with
        {
            Device = "mine",
            DeviceIndex = 1,
            ProviderOptions = """{"a":"b"}""",
            ExecutionProviderLibraries = [new ProviderLibraryConfig("mine", "/p.so")],
            KvMemoryMiB = 4096,
        });

        Assert.Equal(
            [
                "--Worker:Device=mine", "--Worker:ProviderOptions={\"a\":\"b\"}", "--Worker:ExecutionProviderLibraries:0:Name=mine",
                "--Worker:ExecutionProviderLibraries:0:Path=/p.so", "--Worker:DeviceIndex=1", "--Worker:KvMemoryBytes=4294967296",
            ],
            arguments[4..^2]);
    }

    [Fact]
    public void Arguments_GraphNamed_PassesIt() =>
        Assert.Contains("--Worker:GraphFile=onnx/model_q4f16.onnx", Arguments(Model with { File = "onnx/model_q4f16.onnx" }));

    [Fact]
    public void Arguments_PromptAndAnswerFormats_ArePassed()
    {
        var arguments = Arguments(Model with { ChatTemplate = "/t.jinja", ChatTemplateKwargs = "{\"a\":1}", ToolFormat = "llama3", ReasoningFormat = "none" });

        Assert.Equal(
            ["--Worker:ChatTemplate=/t.jinja", "--Worker:ChatTemplateKwargs={\"a\":1}", "--Worker:ToolFormat=llama3", "--Worker:ReasoningFormat=none"],
            arguments[4..^2]);
    }

    [Fact]
    public void Arguments_Adapters_PassesNamesAndFiles() => Assert.Equal(
        ["--Worker:Adapters:0:Name=x", "--Worker:Adapters:0:Path=/a/x", "--Worker:Adapters:1:Name=y", "--Worker:Adapters:1:Path=/a/y"],
        Arguments(Model with { Adapters = [new("x", "/a/x"), new("y", "/a/y")] }).Where(argument => argument.Contains("Adapters", StringComparison.Ordinal)));

    [Fact]
    public void Arguments_ModelsOwnLimit_WinsOverTheGateways()
    {
        var arguments = Arguments(Model with { WorkerSettings = [new("Defaults:Temperature", "0.2"), new("Limits:BodyBytes", "2048")] });

        Assert.Equal(["--Worker:Limits:BodyBytes=4194304", "--Worker:Defaults:Temperature=0.2", "--Worker:Limits:BodyBytes=2048"], arguments[^3..]);
    }

    [Fact]
    public void Environment_GatewaysOwnSettings_StayBehind()
    {
        var variables = new Hashtable
        {
            ["PATH"] = "/bin",
            ["ASPNETCORE_URLS"] = "http://*:1",
            ["Gateway__DrainSeconds"] = "1",
            ["SECRET"] = "s",
            ["CUDA_VISIBLE_DEVICES"] = "0",
            ["DOTNET_EnableDiagnostics"] = "0",
            ["SSL_CERT_DIR"] = "/certs",
            ["VK_ICD_FILENAMES"] = "/icd.json",
            ["Worker__StuckSeconds"] = "5",
        };

        var environment = WorkerCommand.Environment(variables, "/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.0/");

        Assert.Equal(
            ["CUDA_VISIBLE_DEVICES", "DOTNET_EnableDiagnostics", "DOTNET_ROOT", "PATH", "SSL_CERT_DIR", "VK_ICD_FILENAMES", "Worker__StuckSeconds"],
            environment.Keys.Where(name => !name.StartsWith("Logging__Console__", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal("/usr/share/dotnet", environment["DOTNET_ROOT"]);
    }

    [Theory]
    [InlineData("/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.0/", "/usr/share/dotnet")]
    [InlineData("/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.0", "/usr/share/dotnet")]
    [InlineData("/opt/self-contained/app/", null)]
    [InlineData("/", null)]
    public void RuntimeRoot_Directory_IsTheInstallation(string directory, string? root)
        => Assert.Equal(root, WorkerCommand.RuntimeRoot(directory));

    private static List<string> Arguments(ModelDefinition model)
        => [.. WorkerCommand.Arguments(new WorkerDefinition("m-0", model), "/s", new GatewayOptions())];
}
