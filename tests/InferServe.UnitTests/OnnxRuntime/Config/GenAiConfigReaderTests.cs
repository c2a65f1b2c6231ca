using System.Text;
using System.Text.Json.Nodes;
using InferServe.OnnxRuntime.Config;

namespace InferServe.UnitTests.OnnxRuntime.Config;

public sealed class GenAiConfigReaderTests
{
    private const string Valid = """
        {
          "model": {
            "type": "llama", "vocab_size": 100, "context_length": 512, "bos_token_id": 1, "eos_token_id": [2, 3], "pad_token_id": 0,
            "unknown_to_us": {},
            "decoder": {
              "session_options": { "log_id": "x", "provider_options": [] },
              "filename": "model.onnx", "head_size": 16, "hidden_size": 64,
              "num_attention_heads": 4, "num_hidden_layers": 3, "num_key_value_heads": 2,
              "inputs": { "input_ids": "tokens", "past_key_names": "past.%d.k" },
              "outputs": { "present_value_names": "now.%d.v" }
            }
          },
          "search": { "max_length": 512 }
        }
        """;

    [Fact]
    public void Read_ValidConfig_GivesEveryField()
    {
        var config = Read(Valid, out var problems);

        Assert.Empty(problems);
        Assert.NotNull(config);
        Assert.Equal("llama", config.ModelType);
        Assert.Equal("model.onnx", config.GraphFile);
        Assert.Equal((512, 100), (config.ContextLength, config.VocabularySize));
        Assert.Equal((1, 0), (config.BosTokenId, config.PadTokenId));
        Assert.Equal([2, 3], config.EosTokenIds);
        Assert.Equal((3, 4, 2, 16), (config.Layers, config.AttentionHeads, config.KeyValueHeads, config.HeadSize));
        Assert.Equal("tokens", config.Names.InputIds);
        Assert.Equal("attention_mask", config.Names.AttentionMask);
        Assert.Equal("past.7.k", GraphNames.OfLayer(config.Names.PastKeys, 7));
        Assert.Equal("past_key_values.7.value", GraphNames.OfLayer(config.Names.PastValues, 7));
        Assert.Equal("now.7.v", GraphNames.OfLayer(config.Names.PresentValues, 7));
    }

    [Fact]
    public void Read_SessionOptions_GivesThem()
    {
        string options = """
            {"intra_op_num_threads":3,"graph_optimization_level":"ORT_ENABLE_BASIC","session.disable_prepacking":"1","enable_profiling":"x",
            "config_entries":{"mlas.enable_gemm_fastmath_arm64_bfloat16":true,"session.y":2},
            "provider_options":[{"CUDA":{"enable_cuda_graph":"0","device_id":1}},{"cpu":{}}]}
            """;

        var session = Read(Changed("decoder", "session_options", options), out var problems)!.Session;

        Assert.Empty(problems);
        Assert.Equal((3, GraphOptimization.Basic), (session.Threads, session.Optimization));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["session.disable_prepacking"] = "1", ["mlas.enable_gemm_fastmath_arm64_bfloat16"] = "1", ["session.y"] = "2",
            },
            session.Entries);
        Assert.Equal(["cuda", "cpu"], session.Providers.Select(provider => provider.Name));
        Assert.Equal(new Dictionary<string, string> { ["enable_cuda_graph"] = "0", ["device_id"] = "1" }, session.Providers[0].Options);
    }

    [Theory]
    [InlineData("""{"window_size":8}""", 8)]
    [InlineData("""{"window_size":8,"slide_key_value_cache":true,"slide_inputs":false}""", 8)]
    [InlineData("""{"window_size":8,"slide_key_value_cache":false}""", null)]
    [InlineData("""{"slide_key_value_cache":false,"pad_value":0}""", null)]
    public void Read_SlidingWindow_CountsWhereTheCacheSlides(string window, int? expected)
    {
        var config = Read(Changed("decoder", "sliding_window", window), out var problems);

        Assert.Empty(problems);
        Assert.Equal(expected, config!.SlidingWindow);
    }

    [Theory]
    [InlineData("""{"do_sample":true,"temperature":0.5,"top_k":9,"top_p":0.75,"repetition_penalty":1.25,"max_length":99}""", 0.5f, 9, 0.75f)]
    [InlineData("""{"do_sample":true,"top_p":0,"repetition_penalty":1.25,"max_length":99}""", null, null, null)]
    [InlineData("""{"do_sample":false,"temperature":0.5,"top_k":1,"repetition_penalty":1.25,"max_length":99}""", 0f, null, null)]
    [InlineData("""{"temperature":0.5,"top_k":1,"repetition_penalty":1.25,"max_length":99}""", null, null, null)]
    public void Read_Search_SaysHowWhereItSamples(string search, float? temperature, int? topK, float? topP)
    {
        var config = Read(Valid.Replace("""{ "max_length": 512 }""", search, StringComparison.Ordinal), out var problems);

        Assert.Empty(problems);
        Assert.Equal(
            new GenerationDefaults { Temperature = temperature, TopK = topK, TopP = topP, RepetitionPenalty = 1.25f, MaxLength = 99 },
            config!.Search);
    }

    [Fact]
    public void Read_MistakeInSearch_NamesIt()
    {
        Read(Valid.Replace("\"max_length\": 512", "\"max_length\": 0", StringComparison.Ordinal), out var problems);

        Assert.Equal("genai_config.json: search.max_length must be a whole number between 1 and 2147483647, got 0", Assert.Single(problems));
    }

    [Fact]
    public void Read_SingleEosToken_GivesListOfOne()
    {
        var config = Read(Changed("model", "eos_token_id", "2"), out _);

        Assert.Equal([2], config!.EosTokenIds);
    }

    [Fact]
    public void Read_NoTokenBeginsASequence_GivesNull()
    {
        var config = Read(Changed("model", "bos_token_id", "null"), out var problems);

        Assert.Empty(problems);
        Assert.Null(config!.BosTokenId);
    }

    [Theory]
    [InlineData("model", "vocab_size", null, "model.vocab_size is missing")]
    [InlineData("model", "vocab_size", "\"many\"", "model.vocab_size must be a whole number between 1 and 16777216, got \"many\"")]
    [InlineData("model", "vocab_size", "1.5", "model.vocab_size must be a whole number between 1 and 16777216, got 1.5")]
    [InlineData("model", "context_length", "1", "model.context_length must be a whole number between 2 and 16777216, got 1")]
    [InlineData("model", "eos_token_id", null, "model.eos_token_id is missing")]
    [InlineData("model", "eos_token_id", "[]", "model.eos_token_id must not be an empty list")]
    [InlineData("model", "eos_token_id", "[2, 100]", "model.eos_token_id must be a whole number between 0 and 99, got 100")]
    [InlineData("model", "type", "7", "model.type must be a text that is not empty, got 7")]
    [InlineData("model", "vision", "{}", "model.vision is not supported: only models that are a single decoder are served")]
    [InlineData("model", "decoder", "[]", "model.decoder must be an object, got a list")]
    [InlineData("decoder", "pipeline", "[]", "model.decoder.pipeline is not supported: only models of a single graph are served")]
    [InlineData("decoder", "filename", "\"../other.onnx\"", "model.decoder.filename must stay within the model folder, got '../other.onnx'")]
    [InlineData("decoder", "num_attention_heads", "5", "model.decoder.num_attention_heads must be a multiple of num_key_value_heads 2, got 5")]
    [InlineData("decoder", "head_size", "0", "model.decoder.head_size must be a whole number between 1 and 4096, got 0")]
    [InlineData(
        "decoder", "inputs", """{"past_value_names":"past"}""",
        "model.decoder.inputs.past_value_names must hold %d once, in the place of the layer, got 'past'")]
    [InlineData(
        "decoder", "inputs", """{"past_names":"past.%d"}""",
        "model.decoder.inputs.past_names is not supported: keys and values must be separate inputs")]
    [InlineData("decoder", "sliding_window", "{}", "model.decoder.sliding_window.window_size is missing")]
    [InlineData(
        "decoder", "session_options", """{"intra_op_num_threads":-1}""",
        "model.decoder.session_options.intra_op_num_threads must be a whole number between 0 and 1024, got -1")]
    [InlineData(
        "decoder", "session_options", """{"graph_optimization_level":"ORT_MAX"}""",
        "model.decoder.session_options.graph_optimization_level must be one of ORT_DISABLE_ALL, ORT_ENABLE_BASIC, ORT_ENABLE_EXTENDED, "
            + "ORT_ENABLE_LAYOUT, ORT_ENABLE_ALL, got 'ORT_MAX'")]
    [InlineData(
        "decoder", "session_options", """{"custom_ops_library":"ops.so"}""",
        "model.decoder.session_options.custom_ops_library is not supported: a model folder must not bring native code")]
    [InlineData(
        "decoder", "session_options", """{"config_entries":{"session.model_external_initializers_file_folder_path":"/"}}""",
        "model.decoder.session_options.config_entries.session.model_external_initializers_file_folder_path is not supported: "
            + "a model folder must not say where files are or how they are read")]
    [InlineData(
        "decoder", "session_options", """{"ep.context_file_path":"x"}""",
        "model.decoder.session_options.ep.context_file_path is not supported: a model folder must not say where files are or how they are read")]
    [InlineData(
        "decoder", "session_options", """{"config_entries":{"session.x":[1]}}""",
        "model.decoder.session_options.config_entries.session.x must be a text, number or truth value of at most 1024 characters, got a list")]
    [InlineData(
        "decoder", "session_options", """{"provider_options":{}}""",
        "model.decoder.session_options.provider_options must be a list, got an object")]
    [InlineData(
        "decoder", "session_options", """{"provider_options":[7]}""",
        "model.decoder.session_options.provider_options[0] must be an object, got 7")]
    [InlineData(
        "decoder", "session_options", """{"provider_options":[{"cuda":{}},{"tpu":{}}]}""",
        "model.decoder.session_options.provider_options[1].tpu is an unknown execution provider; known are cpu, cuda, DML, ROCM, MIGraphX, QNN, "
            + "WebGPU, OpenVINO, VitisAI, NvTensorRtRtx, CoreML, XNNPACK, RyzenAI, WebNN, AMDGPU")]
    public void Read_OneMistake_NamesItsPlaceAndValue(string section, string field, string? value, string problem)
    {
        var config = Read(Changed(section, field, value), out var problems);

        Assert.Null(config);
        Assert.Equal("genai_config.json: " + problem, Assert.Single(problems));
    }

    [Fact]
    public void Read_SeveralMistakes_ReportsAll()
    {
        Read("""{"model":{"type":"","decoder":{"filename":3}}}""", out var problems);

        string[] fields =
        [
            "model.type", "model.vocab_size", "model.context_length", "model.eos_token_id", "model.decoder.filename",
            "model.decoder.head_size", "model.decoder.num_hidden_layers", "model.decoder.num_attention_heads",
            "model.decoder.num_key_value_heads",
        ];
        Assert.Equal(fields.Order(), problems.Select(problem => problem.Split(' ')[1]).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"model":{}} more""")]
    public void Read_NotJson_SaysSo(string json)
    {
        Assert.Null(Read(json, out var problems));
        Assert.StartsWith("genai_config.json is not valid JSON", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TextThatIsNoUnicode_SaysSo()
    {
        Assert.Null(Read(Changed("model", "type", "\"T\"").Replace("\"T\"", "\"\\ud800\"", StringComparison.Ordinal), out var problems));
        Assert.StartsWith("genai_config.json is not valid JSON", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotAnObject_SaysSo()
    {
        Assert.Null(Read("[1]", out var problems));
        Assert.Equal("genai_config.json must hold a JSON object, it holds a list", Assert.Single(problems));
    }

    private static string Changed(string section, string field, string? value)
    {
        var root = JsonNode.Parse(Valid)!;
        var target = root["model"]!.AsObject();
        if (section == "decoder")
        {
            target = target["decoder"]!.AsObject();
        }

        target.Remove(field);
        if (value is not null)
        {
            target[field] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
    }

    private static GenAiConfig? Read(string json, out List<string> problems)
    {
        problems = [];
        return GenAiConfigReader.Read(Encoding.UTF8.GetBytes(json), problems);
    }
}
