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
    public void Load_WeightsMissing_GivesTheRuntimesReason()
    {
        CopyFixture("int8-external");
        File.Delete(Path.Combine(_folder, "model.onnx.data"));

        Assert.StartsWith("ONNX Runtime cannot load the graph: ", Assert.Single(Refused().Reasons), StringComparison.Ordinal);
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
        foreach (string file in Directory.GetFiles(TinyLlama.Of(variant).Folder))
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
