using System.Collections.Frozen;
using System.Globalization;
using InferServe.Engine;
using InferServe.Engine.Model;
using InferServe.Engine.Requests;
using InferServe.IntegrationTests.Engine;
using InferServe.OnnxRuntime;
using InferServe.Tokenization;

namespace InferServe.IntegrationTests.Devices;

/// <summary>The engine on an accelerator: the same tokens, and keys and values in its own memory.</summary>
public sealed class EngineOnDeviceTests
{
    private const int Rows = 8;
    private const int ContextLength = 128;
    private const int MaxTokens = 12;

    private static readonly string[] Openings =
        ["What is the capital of {0}?", "The capital of {0} is", "Tell me about {0}.", "Where is {0}?", "Which language is spoken in {0}?"];

    private static readonly string[] Countries = ["France", "Japan", "Italy", "Spain", "Egypt", "Norway", "Peru", "Kenya", "Canada", "Greece"];

    [DeviceFact]
    public void Step_FiftyGreedyPrompts_GetTheTokensOfTheProcessorTogetherAndAlone()
    {
        using var processor = NanoModel.Load(Rows, ContextLength);
        using var device = Load();
        Assert.Equal(TestDevice.Name, device.Device);
        GenerationRequest[] requests = [.. Prompts().Select(prompt => Greedy(prompt, seed: null))];
        Assert.Equal(50, requests.Length);

        List<int?[]> expected = Together(processor, requests);

        Assert.Equal(expected, Together(device, requests));
        Assert.Equal(expected, requests.Select(request => Together(device, [request])[0]));
    }

    [DeviceFact]
    public void Step_PreemptionsSnapshotsAndPrefixes_EverySequenceGetsItsTokens()
    {
        using var processor = NanoModel.Load(Rows, ContextLength);
        using var device = Load();
        int[] shared = Prompts().SelectMany(prompt => prompt).Take(64).ToArray();
        GenerationRequest[] requests = [.. Prompts().Take(16).Select((prompt, i) =>
            Greedy([.. shared[..(i * 4)], .. prompt], seed: i % 2 == 0 ? (ulong)i : null))];
        var options = new EngineOptions
        {
            MaxSequences = Rows,
            PrefillTokenBudget = 24,
            KvMemoryBytes = 3 * ContextLength / 2 * device.KvBytesPerToken,
            PrefixCacheBytes = ContextLength * device.KvBytesPerToken,
        };

        Assert.Equal(Together(processor, requests), Together(device, requests, options));
    }

    [DeviceFact]
    public void Load_KeysAndValues_AreInTheDevicesMemory()
    {
        using var processor = NanoModel.Load(rows: 1, ContextLength);
        using var device = Load();

        // What the execution provider says of the tensors that are bound to the graph.
        Assert.Equal((false, "Cpu"), (processor.KvIsOnDevice, processor.KvMemoryName));
        Assert.True(device.KvIsOnDevice);
        Assert.StartsWith(TestDevice.Name!, device.KvMemoryName, StringComparison.OrdinalIgnoreCase);
    }

    [DeviceFact]
    public void Dispose_ModelsOneAfterAnother_GiveTheirMemoryBack()
    {
        const int Times = 4;
        const int Length = 1024;
        long rowBytes = ModelRowBytes(Length);
        int rows = (int)((256L << 20) / rowBytes);
        Fill(rows, Length);
        long before = DeviceMemory.BytesInUse();
        for (int i = 0; i < Times; i++)
        {
            Assert.InRange(Fill(rows, Length) - before, rows * rowBytes / 2, long.MaxValue);
        }

        // Compiled shaders and caches stay in a process, models do not: all of them would be four times as much.
        Assert.InRange(DeviceMemory.BytesInUse() - before, long.MinValue, rows * rowBytes * 3 / 2);
    }

    /// <summary>Loads a model, writes every row, and returns what is in use then.</summary>
    private static long Fill(int rows, int length)
    {
        using var model = Load(rows, length);
        using KvSnapshot snapshot = model.SaveRow(0, length);
        for (int row = 0; row < rows; row++)
        {
            model.RestoreRow(snapshot, row);
        }

        return DeviceMemory.BytesInUse();
    }

    private static long ModelRowBytes(int length)
    {
        using var model = NanoModel.Load(rows: 1, contextLength: 16);
        return model.KvBytesPerToken * length;
    }

    private static OnnxModelRunner Load() => Load(Rows, ContextLength);

    private static OnnxModelRunner Load(int rows, int contextLength) => OnnxModelRunner.Load(
        ModelFolder.Open(NanoModel.Path), new OnnxRunnerOptions { Rows = rows, ContextLength = contextLength, Threads = 1, Device = TestDevice.Options });

    private static GenerationRequest Greedy(int[] prompt, ulong? seed) => NanoModel.Request(prompt, MaxTokens, seed, temperature: 0) with
    {
        StopTokens = ModelFolder.Open(NanoModel.Path).EndTokens.ToFrozenSet(),
    };

    private static List<int[]> Prompts()
    {
        var tokenizer = Tokenizer.Load(NanoModel.Path);
        return [.. from opening in Openings from country in Countries
            let question = string.Format(CultureInfo.InvariantCulture, opening, country)
            select tokenizer.Encode($"<|im_start|>user\n{question}<|im_end|>\n<|im_start|>assistant\n", addSpecialTokens: true)];
    }

    private static List<int?[]> Together(OnnxModelRunner runner, GenerationRequest[] requests, EngineOptions? options = null)
    {
        InferenceEngine engine = InferenceEngine.CreateStepped(runner, options ?? new EngineOptions { MaxSequences = Rows, PrefixCacheBytes = 0 });
        IAsyncEnumerable<TokenOutput>[] outputs = [.. requests.Select(request => engine.GenerateAsync(request))];
        engine.RunUntilIdle();
        return [.. outputs.Select(output => output.Collect().Select(token => token.Token).ToArray())];
    }
}
