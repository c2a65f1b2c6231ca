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
    [InlineData(
        "decoder", "sliding_window", """{"window_size":8,"slide_inputs":false}""",
        "model.decoder.sliding_window.slide_key_value_cache must be false: a sliding key/value cache is not supported")]
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
