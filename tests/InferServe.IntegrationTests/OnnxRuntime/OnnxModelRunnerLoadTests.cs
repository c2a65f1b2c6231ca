using System.Text;
using System.Text.Json.Nodes;
using InferServe.OnnxRuntime;

namespace InferServe.IntegrationTests.OnnxRuntime;

/// <summary>Folders that cannot be served are refused with the reason before the first request.</summary>
public sealed class OnnxModelRunnerLoadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inferserve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_OptionsOutOfRange_NamesEach()
    {
        CopyFixture("int4-last");

        var exception = Refused(new OnnxRunnerOptions { Rows = 0, ContextLength = 65 });

        Assert.Equal(
            ["Rows must be between 1 and 1024, got 0", "ContextLength must be between 2 and the model's context length 64, got 65"],
            exception.Reasons);
    }

    [Fact]
    public void Load_OtherAttention_NamesNodeAndType()
    {
        CopyFixture("int4-last");
        ReplaceInGraph("GroupQueryAttention", "SomeOtherXAttention");

        Assert.Equal(
            "the graph has no GroupQueryAttention node, whose keys and values can stay in place; "
                + "its node '/layers.0.attention/SomeOtherXAttention' is of type SomeOtherXAttention",
            Assert.Single(Refused().Reasons));
    }

    [Fact]
    public void Load_OtherLayerCount_NamesBoth()
    {
        CopyFixture("int4-last");
        ChangeConfig(decoder => decoder["num_hidden_layers"] = 3);

        Assert.Equal("the graph has 2 GroupQueryAttention nodes, but genai_config.json says 3 layers", Assert.Single(Refused().Reasons));
    }

    [Fact]
    public void Load_OtherHeadSize_NamesInputsAndOutputs()
    {
        CopyFixture("int4-last");
        ChangeConfig(decoder => decoder["head_size"] = 32);

        var reasons = Refused().Reasons;

        Assert.Equal(8, reasons.Count);
        Assert.Contains("the graph's input 'past_key_values.1.value' must have shape [any, 2, any, 32], it has [any, 2, any, 16]", reasons);
    }

    [Fact]
    public void Load_OtherNames_SaysWhatIsMissingAndWhatIsLeft()
    {
        CopyFixture("fp32-positions");
        ChangeConfig(decoder => decoder["inputs"]!["input_ids"] = "tokens");

        Assert.Equal(
            [
                "the graph has no input 'tokens'",
                "the graph's input 'input_ids' is neither tokens, mask, positions nor a layer's keys or values",
            ],
            Refused().Reasons);
    }

    [Fact]
    public void Load_DamagedGraph_SaysWhere()
    {
        CopyFixture("int4-last");
        string graph = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(graph, File.ReadAllBytes(graph)[..^100]);

        Assert.StartsWith("'model.onnx' is not an ONNX model: byte ", Assert.Single(Refused().Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OperatorUnknownToTheRuntime_GivesItsReason()
    {
        CopyFixture("int4-last");
        ReplaceInGraph("MatMulNBits", "MatMulNBitz");

        string reason = Assert.Single(Refused().Reasons);

        Assert.StartsWith("ONNX Runtime cannot load the graph: ", reason, StringComparison.Ordinal);
        Assert.Contains("MatMulNBitz", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsMissing_NamesTheFile()
    {
        CopyFixture("int8-external");
        File.Delete(Path.Combine(_folder, "model.onnx.data"));

        Assert.Equal(
            "the data file 'model.onnx.data' of the weight 'cos_cache' does not exist", Assert.Single(Refused().Reasons));
    }

    [Fact]
    public void Load_WeightsShort_NamesFileAndWeight()
    {
        CopyFixture("int8-external");
        using (var data = File.OpenWrite(Path.Combine(_folder, "model.onnx.data")))
        {
            data.SetLength(20_000);
        }

        Assert.StartsWith(
            "the data file 'model.onnx.data' is too short: it has 20000 bytes, but the weight 'model.layers.",
            Assert.Single(Refused().Reasons),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsOutsideTheFolder_AreRefused()
    {
        CopyFixture("int8-external");
        ReplaceInGraph("model.onnx.data", "../../../passwd");

        Assert.Equal(
            "the data file '../../../passwd' of the weight 'cos_cache' must be named by a path within the model folder",
            Assert.Single(Refused().Reasons));
    }

    [Fact]
    public void Load_HuggingFaceLayout_GivesTheSameLogits()
    {
        var model = TinyModel.Of("int8-external");
        Directory.CreateDirectory(Path.Combine(_folder, "onnx"));
        File.Copy(Path.Combine(model.Folder, "model.onnx"), Path.Combine(_folder, "onnx", "model_q4.onnx"));
        File.Copy(Path.Combine(model.Folder, "model.onnx.data"), Path.Combine(_folder, "onnx", "model.onnx.data"));
        File.WriteAllText(Path.Combine(_folder, "config.json"), """
            {"model_type":"llama","vocab_size":48,"max_position_embeddings":64,"head_dim":16,"hidden_size":32,"bos_token_id":1,"eos_token_id":[2,3],
            "num_attention_heads":4,"num_key_value_heads":2,"num_hidden_layers":2}
            """);

        using var runner = OnnxModelRunner.Load(ModelFolder.Open(_folder), new OnnxRunnerOptions { Rows = 1, Threads = 1 });

        model.AssertLogits(^1, runner.Prefill(0, 0, model.Prompt));
    }

    [Fact]
    public void Load_SlidingCacheOfAttentionWithoutWindow_IsRefusedBeyondTheWindowOnly()
    {
        CopyFixture("int4-last");
        ChangeConfig(decoder => decoder["sliding_window"] = JsonNode.Parse("""{"window_size":32}"""));

        Assert.Equal(
            "genai_config.json asks for keys and values that slide over a window of 32 tokens, but the node "
                + "'/layers.0.attention/GroupQueryAttention' attends to all 64 tokens of the context: limit the context length to 32",
            Assert.Single(Refused().Reasons));
        OnnxModelRunner.Load(ModelFolder.Open(_folder), new OnnxRunnerOptions { Rows = 1, Threads = 1, ContextLength = 32 }).Dispose();
    }

    [Fact]
    public void Load_RotaryCachesThatSwitch_ServesUpToTheSwitch()
    {
        var folder = ModelFolder.Open(TinyModel.Of("variants/phi3-longrope").Folder);
        using var runner = OnnxModelRunner.Load(folder, new OnnxRunnerOptions { Rows = 1, Threads = 1 });
        Assert.Equal(40, runner.ContextLength);

        var exception = Assert.Throws<ModelLoadException>(
            () => OnnxModelRunner.Load(folder, new OnnxRunnerOptions { Rows = 1, Threads = 1, ContextLength = 41 }));

        Assert.Equal(
            "the node '/cos_cache/If' takes other rotary caches for every row of a run once the longest has more than 40 tokens, "
                + "so that rows would change each other: limit the context length to 40, it is 41",
            Assert.Single(exception.Reasons));
    }

    [Fact]
    public void Load_SessionOptions_ReachTheRuntime()
    {
        CopyFixture("int4-last");
        ChangeConfig(decoder => decoder["session_options"] = JsonNode.Parse("""{"config_entries":{"session.intra_op_thread_affinities":"perhaps"}}"""));

        // The runtime itself refuses the value.
        Assert.Contains("affinit", Assert.Single(Refused(new OnnxRunnerOptions { Rows = 1, Threads = 2 }).Reasons), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Load_ElementTypeWithoutKernels_GivesTheRuntimesReason()
    {
        CopyFixture("bf16");

        string reason = Assert.Single(Refused().Reasons);

        Assert.StartsWith("ONNX Runtime cannot load the graph: ", reason, StringComparison.Ordinal);
        Assert.Contains("[ErrorCode:NotImplemented] Could not find an implementation for MatMul(13) node", reason, StringComparison.Ordinal);
    }

    private ModelLoadException Refused(OnnxRunnerOptions? options = null)
    {
        var folder = ModelFolder.Open(_folder);
        return Assert.Throws<ModelLoadException>(() => OnnxModelRunner.Load(folder, options ?? new OnnxRunnerOptions { Rows = 1, Threads = 1 }));
    }

    private void CopyFixture(string variant)
    {
        foreach (string file in Directory.GetFiles(TinyModel.Of(variant).Folder))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }
    }

    private void ChangeConfig(Action<JsonNode> changeDecoder)
    {
        string path = Path.Combine(_folder, "genai_config.json");
        var root = JsonNode.Parse(File.ReadAllText(path))!;
        changeDecoder(root["model"]!["decoder"]!);
        File.WriteAllText(path, root.ToJsonString());
    }

    /// <summary>Replaces a name by one of the same length, which leaves the protobuf's lengths right.</summary>
    private void ReplaceInGraph(string name, string other)
    {
        string path = Path.Combine(_folder, "model.onnx");
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        Assert.Equal(name.Length, other.Length);
        Assert.Contains(name, text, StringComparison.Ordinal);
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(text.Replace(name, other, StringComparison.Ordinal)));
    }
}
