using System.Text;
using System.Text.Json.Nodes;
using InferServe.OnnxRuntime.Config;

namespace InferServe.UnitTests.OnnxRuntime.Config;

public sealed class HuggingFaceConfigReaderTests
{
    private const string Valid = """
        {
          "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 100, "max_position_embeddings": 512,
          "bos_token_id": 1, "eos_token_id": [2, 3], "pad_token_id": null, "hidden_size": 64,
          "num_attention_heads": 4, "num_hidden_layers": 3, "num_key_value_heads": 2
        }
        """;

    [Fact]
    public void Read_ValidConfig_GivesEveryField()
    {
        var config = Read(Valid, out var problems);

        Assert.Empty(problems);
        Assert.NotNull(config);
        Assert.Equal(("config.json", "llama", "g.onnx"), (config.File, config.ModelType, config.GraphFile));
        Assert.Equal((512, 100), (config.ContextLength, config.VocabularySize));
        Assert.Equal((1, null), (config.BosTokenId, config.PadTokenId));
        Assert.Equal([2, 3], config.EosTokenIds);
        Assert.Equal((3, 4, 2, 16), (config.Layers, config.AttentionHeads, config.KeyValueHeads, config.HeadSize));
        Assert.Equal("past_key_values.%d.key", config.Names.PastKeys);
    }

    [Fact]
    public void Read_FieldsThatMayBeLeftOut_AreDerived()
    {
        Assert.Equal(4, Read(Changed("num_key_value_heads", null), out _)!.KeyValueHeads);
        Assert.Equal(32, Read(Changed("head_dim", "32"), out _)!.HeadSize);
        Assert.Equal([7], Read(Changed("eos_token_id", null), out _, eosTokens: [7])!.EosTokenIds);
    }

    [Theory]
    [InlineData("text_config", "{}", "text_config is not supported: only models that are a single decoder of text are served")]
    [InlineData("is_encoder_decoder", "true", "is_encoder_decoder must be false: only models that are a single decoder of text are served")]
    [InlineData("vocab_size", null, "vocab_size is missing")]
    [InlineData("eos_token_id", null, "eos_token_id is missing")]
    [InlineData("eos_token_id", "100", "eos_token_id must be a whole number between 0 and 99, got 100")]
    [InlineData("hidden_size", "63", "hidden_size must be a multiple of num_attention_heads 4 where there is no head_dim, got 63")]
    [InlineData("num_key_value_heads", "3", "num_attention_heads must be a multiple of num_key_value_heads 3, got 4")]
    public void Read_OneMistake_NamesItsPlaceAndValue(string field, string? value, string problem)
    {
        Assert.Null(Read(Changed(field, value), out var problems));
        Assert.Equal("config.json: " + problem, Assert.Single(problems));
    }

    private static string Changed(string field, string? value)
    {
        var root = JsonNode.Parse(Valid)!.AsObject();
        root.Remove(field);
        if (value is not null)
        {
            root[field] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
    }

    private static GenAiConfig? Read(string json, out List<string> problems, IReadOnlyList<int>? eosTokens = null)
    {
        problems = [];
        return HuggingFaceConfigReader.Read(Encoding.UTF8.GetBytes(json), "g.onnx", eosTokens ?? [], problems);
    }
}
