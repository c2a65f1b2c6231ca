using InferServe.Engine;
using InferServe.Engine.Requests;
using InferServe.IntegrationTests.OnnxRuntime;
using InferServe.OnnxRuntime;
using InferServe.OnnxRuntime.Adapters;
using InferServe.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.IntegrationTests.Engine;

/// <summary>A model with two LoRA adapters: each must be what the weights with it merged are, whatever else runs.</summary>
public sealed class AdapterTests : IDisposable
{
    private const int Rows = 5;

    private static readonly TinyModel Base = TinyModel.Of("lora/.");
    private static readonly Dictionary<string, TinyModel> Merged = new() { ["formal"] = TinyModel.Of("lora/formal"), ["terse"] = TinyModel.Of("lora/terse") };

    private readonly string _folder = Directory.CreateTempSubdirectory("inferserve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("formal")]
    [InlineData("terse")]
    public void Generate_Alone_GivesTheMergedWeightsTokens(string? adapter)
    {
        using var runner = Load("formal", "terse");
        InferenceEngine engine = Create(runner);

        IAsyncEnumerable<TokenOutput> output = engine.GenerateSamples(Request(adapter), 1, default)[0];
        engine.RunUntilIdle();

        Assert.Equal(ReferenceOf(adapter).Greedy, TokensOf(output));
    }

    [Fact]
    public void Generate_BaseAndAdaptersInTurns_GivesEachItsOwnTokens()
    {
        using var runner = Load("formal", "terse");
        InferenceEngine engine = Create(runner);
        string?[] adapters = ["formal", null, "terse", "terse", "formal", null, "formal", "terse", null, null];

        // More requests than rows, the same prompt throughout: prefixes are cached by adapter, and rows change hands.
        List<(string? Adapter, IAsyncEnumerable<TokenOutput> Output)> outputs = [];
        foreach (string? adapter in adapters)
        {
            outputs.Add((adapter, engine.GenerateSamples(Request(adapter), 1, default)[0]));
            engine.Step();
        }

        engine.RunUntilIdle();

        Assert.All(outputs, pair => Assert.Equal(ReferenceOf(pair.Adapter).Greedy, TokensOf(pair.Output)));
        Assert.NotEqual(Merged["formal"].Greedy, Merged["terse"].Greedy);
        Assert.NotEqual(Base.Greedy, Merged["terse"].Greedy);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Generate_AdaptersOnADevice_GivesEachItsOwnTokens(bool hasHandles)
    {
        var placement = hasHandles ? KvPlacement.DeviceWithHandles : KvPlacement.DeviceWithAddresses;
        using var runner = OnnxModelRunner.Load(ModelFolder.Open(Base.Folder), Options([.. Adapters("formal", "terse")]) with { Placement = placement });
        InferenceEngine engine = Create(runner);
        string?[] adapters = ["formal", null, "terse", "formal", "terse"];

        IAsyncEnumerable<TokenOutput>[] outputs = [.. adapters.Select(adapter => engine.GenerateSamples(Request(adapter), 1, default)[0])];
        engine.RunUntilIdle();

        Assert.All(adapters.Zip(outputs), pair => Assert.Equal(ReferenceOf(pair.First).Greedy, TokensOf(pair.Second)));
    }

    [Theory]
    [InlineData("formal")]
    [InlineData("terse")]
    public void File_OfTheExporter_IsOneThatTheRuntimeLoads(string adapter) => OrtLoraAdapter.Create(FileOf(adapter), null).Dispose();

    [Fact]
    public void Run_UnknownAdapter_IsRefused()
    {
        using var runner = Load("formal");
        InferenceEngine engine = Create(runner);

        IAsyncEnumerable<TokenOutput> output = engine.GenerateSamples(Request("terse"), 1, default)[0];
        engine.RunUntilIdle();

        Assert.Contains("has no adapter 'terse'", output.Collect()[^1].Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AdapterOfAnotherModel_NamesWhatDoesNotFit()
    {
        var exception = Assert.Throws<ModelLoadException>(() => OnnxModelRunner.Load(
            ModelFolder.Open(TinyModel.Of("int4-last").Folder), Options(new AdapterDefinition("formal", FileOf("formal")))));

        Assert.Equal(["the graph has no inputs for adapters, so the adapter 'formal' has nothing to change"], exception.Reasons);
    }

    [Fact]
    public void Load_DamagedAndMissingFiles_NamesBoth()
    {
        string damaged = Path.Combine(_folder, "damaged.onnx_adapter");
        File.WriteAllBytes(damaged, File.ReadAllBytes(FileOf("formal"))[..^8]);

        var exception = Assert.Throws<ModelLoadException>(() => OnnxModelRunner.Load(
            ModelFolder.Open(Base.Folder), Options(new AdapterDefinition("a", damaged), new AdapterDefinition("b", Path.Combine(_folder, "nowhere")))));

        Assert.Equal(2, exception.Reasons.Count);
        Assert.StartsWith("the file of the adapter 'a' is damaged: byte ", exception.Reasons[0], StringComparison.Ordinal);
        Assert.StartsWith("the file of the adapter 'b' cannot be read: ", exception.Reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RanksThatDoNotFitEachOther_AreFoundBeforeTheFirstRequest()
    {
        // Each parameter fits the graph by itself: an A of rank 4, and a B of rank 2.
        string mixed = Path.Combine(_folder, "mixed.onnx_adapter");
        byte[] formal = File.ReadAllBytes(FileOf("formal"));
        var b = AdapterFile.Read(formal)[1];
        int shape = formal.AsSpan().IndexOf([.. BitConverter.GetBytes(b.Shape[0]), .. BitConverter.GetBytes(b.Shape[1])]);
        BitConverter.TryWriteBytes(formal.AsSpan(shape), b.Shape[0] / 2);
        BitConverter.TryWriteBytes(formal.AsSpan(b.Offset - sizeof(uint)), b.Length / 2);
        File.WriteAllBytes(mixed, formal);

        var exception = Assert.Throws<ModelLoadException>(() => OnnxModelRunner.Load(ModelFolder.Open(Base.Folder), Options(new AdapterDefinition("mixed", mixed))));

        Assert.StartsWith("the adapter 'mixed' does not run: ", Assert.Single(exception.Reasons), StringComparison.Ordinal);
    }

    private static TinyModel ReferenceOf(string? adapter) => adapter is null ? Base : Merged[adapter];

    private static string FileOf(string adapter) => Path.Combine(Base.Folder, $"{adapter}.onnx_adapter");

    private static OnnxRunnerOptions Options(params AdapterDefinition[] adapters) => new() { Rows = Rows, Threads = 1, Adapters = adapters };

    private static OnnxModelRunner Load(params string[] adapters) => OnnxModelRunner.Load(
        ModelFolder.Open(Base.Folder), Options([.. Adapters(adapters)]));

    private static IEnumerable<AdapterDefinition> Adapters(params string[] adapters) => adapters.Select(adapter => new AdapterDefinition(adapter, FileOf(adapter)));

    private static InferenceEngine Create(OnnxModelRunner runner) =>
        InferenceEngine.CreateStepped(runner, new EngineOptions { MaxSequences = Rows, PrefillTokenBudget = 8, MixedStep = null });

    private static GenerationRequest Request(string? adapter) =>
        NanoModel.Request(Base.Prompt, Base.Greedy.Length, temperature: 0) with { TopLogprobs = null, Adapter = adapter };

    private static IEnumerable<int> TokensOf(IAsyncEnumerable<TokenOutput> output)
    {
        List<TokenOutput> tokens = output.Collect();
        Assert.Null(tokens[^1].Error);
        return tokens.Select(token => token.Token!.Value);
    }
}
