using InferServe.OnnxRuntime;
using InferServe.OnnxRuntime.Config;

namespace InferServe.UnitTests.OnnxRuntime;

public sealed class ModelFolderTests : IDisposable
{
    private const string Config = "{" + Rest;

    private const string HuggingFace = """
        {"model_type":"llama","vocab_size":100,"max_position_embeddings":512,"eos_token_id":2,
        "hidden_size":64,"num_attention_heads":4,"num_hidden_layers":3}
        """;

    private const string WithSearch =
        """{"search":{"do_sample":true,"temperature":0.5,"top_k":9,"repetition_penalty":1.5,"max_length":256},""" + Rest;

    private const string Rest = """
        "model":{"type":"llama","vocab_size":100,"context_length":512,"eos_token_id":2,"decoder":{"filename":"graph.onnx",
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
        Assert.Equal(["genai_config.json does not exist, and neither does config.json"], Problems());
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

    [Fact]
    public void Open_HuggingFaceConfig_TakesTheFirstGraphOfTheOrder()
    {
        Write("config.json", HuggingFace);
        Write("onnx/model.onnx", "");
        Write("onnx/model_int8.onnx", "");
        Assert.Equal("onnx/model.onnx", ModelFolder.Open(_folder).Config.GraphFile);

        Write("onnx/model_q4f16.onnx", "");
        Assert.Equal("onnx/model_q4f16.onnx", ModelFolder.Open(_folder).Config.GraphFile);

        Write("onnx/model_q4.onnx", "");
        Assert.Equal(Path.Combine(_folder, "onnx/model_q4.onnx"), ModelFolder.Open(_folder).GraphPath);
    }

    [Fact]
    public void Open_GraphGiven_TakesItWhateverTheConfigNames()
    {
        Write("config.json", HuggingFace);
        Write("onnx/model_q4.onnx", "");
        Write("onnx/model_uint8.onnx", "");
        Assert.Equal("onnx/model_uint8.onnx", ModelFolder.Open(_folder, "onnx/model_uint8.onnx").Config.GraphFile);

        Write("genai_config.json", Config);
        Assert.Equal("onnx/model_uint8.onnx", ModelFolder.Open(_folder, "onnx/model_uint8.onnx").Config.GraphFile);
        Assert.Equal(["the graph 'other.onnx' does not exist"], Problems("other.onnx"));
        Assert.Equal(["the graph must be named by a path within the model folder, got '../graph.onnx'"], Problems("../graph.onnx"));
    }

    [Fact]
    public void Open_HuggingFaceConfigWithoutGraph_NamesWhereItLooked()
    {
        Write("config.json", HuggingFace);
        Write("onnx/decoder_model_merged.onnx", "");

        Assert.StartsWith(
            "the folder holds no graph: genai_config.json does not exist, and neither does any of onnx/model_q4.onnx, onnx/model_q4f16.onnx, ",
            Assert.Single(Problems()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BothConfigs_TakesThatOfGenAi()
    {
        Write("genai_config.json", Config);
        Write("config.json", "{}");
        Write("graph.onnx", "");

        Assert.Equal("genai_config.json", ModelFolder.Open(_folder).Config.File);
    }

    [Fact]
    public void EndTokens_OfBothConfigs_AreJoinedWithinTheVocabulary()
    {
        Write("genai_config.json", Config);
        Write("graph.onnx", "");
        Write("generation_config.json", """{"eos_token_id":[5,2,1000]}""");

        Assert.Equal([2, 5], ModelFolder.Open(_folder).EndTokens);
    }

    [Fact]
    public void Defaults_GenerationConfigSaysHow_SearchSaysNothing()
    {
        Write("genai_config.json", WithSearch);
        Write("graph.onnx", "");
        Assert.Equal(
            new GenerationDefaults { Temperature = 0.5f, TopK = 9, RepetitionPenalty = 1.5f, MaxLength = 256 }, ModelFolder.Open(_folder).Defaults);

        Write("generation_config.json", """{"max_new_tokens":30,"eos_token_id":2}""");
        Assert.Equal(
            new GenerationDefaults { Temperature = 0.5f, TopK = 9, RepetitionPenalty = 1.5f, MaxLength = 256, MaxNewTokens = 30 },
            ModelFolder.Open(_folder).Defaults);

        Write("generation_config.json", """{"top_p":0.25}""");
        Assert.Equal(new GenerationDefaults { TopP = 0.25f, MaxLength = 256 }, ModelFolder.Open(_folder).Defaults);
    }

    private IReadOnlyList<string> Problems(string? graph = null) => Assert.Throws<ModelLoadException>(() => ModelFolder.Open(_folder, graph)).Reasons;

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
