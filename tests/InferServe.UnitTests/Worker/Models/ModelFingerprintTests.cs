using InferServe.OnnxRuntime;
using InferServe.Worker.Models;
using static InferServe.UnitTests.OnnxRuntime.Graph.OnnxBytes;

namespace InferServe.UnitTests.Worker.Models;

/// <summary>A folder as Hugging Face has them: two graphs in a folder of their own, one with its weights beside it.</summary>
public sealed class ModelFingerprintTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inferserve-").FullName;

    public ModelFingerprintTests()
    {
        Write("config.json", """
            {"model_type":"llama","vocab_size":100,"max_position_embeddings":512,"eos_token_id":2,
            "hidden_size":64,"num_attention_heads":4,"num_hidden_layers":3}
            """u8.ToArray());

        // A TensorProto: its name, a pair of external_data that says where it is, data_location.
        byte[] weight = Field(5, [.. Text(8, "w"), .. Field(13, [.. Text(1, "location"), .. Text(2, "model.onnx_data")]), .. Varint(14, 1)]);
        Write("onnx/model.onnx", Model(weight));
        Write("onnx/model_q4.onnx", Model(Initializer(4)));
        Write("onnx/model.onnx_data", [1, 2]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_OtherGraphOfTheSameFolder_Differs() => Assert.NotEqual(Of("onnx/model.onnx"), Of("onnx/model_q4.onnx"));

    [Fact]
    public void Of_SameFiles_IsTheSame() => Assert.Equal(Of("onnx/model.onnx"), Of("onnx/model.onnx"));

    [Theory]
    [InlineData("onnx/model.onnx_data", true)]
    [InlineData("config.json", true)]
    [InlineData("onnx/model_q4.onnx", false)] // Another graph's.
    public void Of_FileChanged_DiffersWhereTheGraphUsesIt(string file, bool differs)
    {
        var before = Of("onnx/model.onnx");
        Write(file, [.. File.ReadAllBytes(Path.Combine(_folder, file)), 32]);

        Assert.Equal(differs, before != Of("onnx/model.onnx"));
    }

    private string Of(string graph)
    {
        var folder = ModelFolder.Open(_folder, graph);
        return ModelFingerprint.Of(folder.Path, folder.GraphFiles);
    }

    private void Write(string file, byte[] content)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
