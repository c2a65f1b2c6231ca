using InferServe.Engine;
using InferServe.Engine.Model;
using InferServe.Engine.Requests;
using InferServe.GenAi;
using InferServe.IntegrationTests.Engine;
using InferServe.OnnxRuntime;

namespace InferServe.IntegrationTests.GenAi;

/// <summary>The embedded model run by the real library ONNX Runtime GenAI, beside our own runner.</summary>
public sealed class GenAiOnModelTests
{
    private const int Rows = 4;
    private const int ContextLength = 192;

    [GenAiFact]
    public void Step_GreedyRequestsTogether_GetTheTokensOfTheOwnRunner()
    {
        using var own = NanoModel.Load(Rows, ContextLength);
        using var library = Load();
        var random = new Random(4);
        GenerationRequest[] requests = [.. Enumerable.Range(0, 12).Select(_ => NanoModel.Request(
            NanoModel.Tokens(random, random.Next(1, 60), own.VocabularySize), random.Next(1, 40), temperature: 0))];

        Assert.Equal(Tokens(own, requests), Tokens(library, requests));
    }

    [GenAiFact]
    public void Step_SampledAnswers_GetTheTokensOfTheOwnRunner()
    {
        using var own = NanoModel.Load(Rows, ContextLength);
        using var library = Load();
        int[] prompt = NanoModel.Tokens(new Random(6), 40, own.VocabularySize);
        GenerationRequest[] requests = [.. Enumerable.Range(1, 6).Select(seed => NanoModel.Request(prompt, maxTokens: 24, (ulong)seed))];

        Assert.Equal(Tokens(own, requests), Tokens(library, requests));
    }

    [GenAiFact]
    public void Load_BesideTheOwnRunner_BothUseOneRuntimeLibrary()
    {
        using var own = NanoModel.Load(Rows, ContextLength);
        using var library = Load();

        string[] mapped = [.. File.ReadLines("/proc/self/maps").Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(path => Path.GetFileName(path).StartsWith("libonnxruntime.so", StringComparison.Ordinal)).Distinct()];

        Assert.StartsWith(AppContext.BaseDirectory, Assert.Single(mapped), StringComparison.Ordinal);
    }

    [GenAiFact]
    public void Load_FolderItCannotRun_GivesTheReason()
    {
        string folder = Directory.CreateTempSubdirectory("inferserve-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "genai_config.json"), """{"model":{"type":"no-such-model","context_length":16,"vocab_size":8}}""");

            string reason = Assert.Throws<GenAiUnavailableException>(() => Load(folder)).Message;

            Assert.StartsWith("ONNX Runtime GenAI cannot load it: ", reason, StringComparison.Ordinal);
            Assert.Contains("no-such-model", reason, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static GenAiModelRunner Load(string? folder = null) => GenAiModelRunner.Load(new GenAiModelOptions
    {
        Folder = folder ?? NanoModel.Path,
        VocabularySize = ModelFolder.Open(NanoModel.Path).Config.VocabularySize,
        ContextLength = ContextLength,
        Rows = Rows,
        Threads = 1,
    });

    private static IEnumerable<int?[]> Tokens(IModelRunner runner, GenerationRequest[] requests)
    {
        InferenceEngine engine = InferenceEngine.CreateStepped(
            runner, new EngineOptions { MaxSequences = Rows, PrefixCacheBytes = 0, DraftSequences = 0, PrefillTokenBudget = 16 });
        IAsyncEnumerable<TokenOutput>[] outputs = [.. requests.Select(request => engine.GenerateAsync(request))];
        engine.RunUntilIdle();
        return [.. outputs.Select(output => output.Collect().Select(token => token.Token).ToArray())];
    }
}
