using InferServe.OnnxRuntime;

namespace InferServe.UnitTests.OnnxRuntime;

public sealed class ModelFolderTests : IDisposable
{
    private const string Config = """
        {"model":{"type":"llama","vocab_size":100,"context_length":512,"eos_token_id":2,"decoder":{"filename":"graph.onnx",
        "head_size":16,"num_attention_heads":4,"num_hidden_layers":3,"num_key_value_heads":2}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("inferserve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_CompleteFolder_GivesConfigDefaultsAndPaths()
    {
        Write("genai_config.json", Config);
        Write("graph.onnx", "");
        Write("generation_config.json", """{"top_k":7}""");

        var folder = ModelFolder.Open(_folder);

        Assert.Equal(3, folder.Config.Layers);
        Assert.Equal(7, folder.Defaults.TopK);
        Assert.Equal(Path.Combine(_folder, "graph.onnx"), folder.GraphPath);
        Assert.Equal(Path.Combine(_folder, "tokenizer.json"), folder.TokenizerPath);
    }

    [Fact]
    public void Open_NoSuchFolder_NamesIt()
    {
        string path = Path.Combine(_folder, "nowhere");

        var exception = Assert.Throws<ModelLoadException>(() => ModelFolder.Open(path));

        Assert.Equal(path, exception.Path);
        Assert.Equal($"The model at '{path}' cannot be served: the folder does not exist.", exception.Message);
    }

    [Fact]
    public void Open_NoConfig_NamesIt()
    {
        Assert.Equal(["genai_config.json does not exist"], Problems());
    }

    [Fact]
    public void Open_ConfigTooLarge_IsNotRead()
    {
        Write("genai_config.json", new string(' ', (1 << 20) + 1));

        Assert.Equal(["genai_config.json must not be larger than 1048576 bytes, it has 1048577"], Problems());
    }

    [Fact]
    public void Open_MistakesInSeveralFiles_ReportsAll()
    {
        Write("genai_config.json", Config);
        Write("generation_config.json", """{"top_k":-7}""");

        Assert.Equal(
            [
                "generation_config.json: top_k must be a whole number between 0 and 2147483647, got -7",
                "the graph 'graph.onnx' that genai_config.json names does not exist",
            ],
            Problems());
    }

    private IReadOnlyList<string> Problems() => Assert.Throws<ModelLoadException>(() => ModelFolder.Open(_folder)).Reasons;

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
