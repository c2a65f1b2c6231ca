using System.Text;
using System.Text.Json.Nodes;
using InferServe.OnnxRuntime.Inspection;

namespace InferServe.UnitTests.OnnxRuntime;

/// <summary>Damaged folders are described or refused with the file's name; any other exception fails.</summary>
public sealed class ModelFolderFuzzTests : IDisposable
{
    private const int Rounds = 600;

    private static readonly Dictionary<string, string> Files = new()
    {
        ["genai_config.json"] = """
            {"model":{"type":"llama","vocab_size":100,"context_length":512,"bos_token_id":1,"eos_token_id":[2,3],"pad_token_id":0,
            "decoder":{"session_options":{"intra_op_num_threads":2,"graph_optimization_level":"ORT_ENABLE_ALL","config_entries":{"session.x":"1"},
            "provider_options":[{"cuda":{"a":"b"}}]},"filename":"model.onnx","head_size":16,"num_attention_heads":4,"num_hidden_layers":3,
            "num_key_value_heads":2,"sliding_window":{"window_size":8,"slide_key_value_cache":false},
            "inputs":{"input_ids":"input_ids","past_key_names":"past_key_values.%d.key"},"outputs":{"logits":"logits"}}},
            "search":{"do_sample":true,"temperature":0.7,"top_k":5,"top_p":0.9,"repetition_penalty":1.1,"max_length":512}}
            """,
        ["config.json"] = """
            {"model_type":"llama","vocab_size":100,"max_position_embeddings":512,"bos_token_id":1,"eos_token_id":[2,3],"hidden_size":64,
            "num_attention_heads":4,"num_key_value_heads":2,"num_hidden_layers":3,"head_dim":16}
            """,
        ["generation_config.json"] = """
            {"do_sample":true,"temperature":0.6,"top_k":20,"top_p":0.95,"min_p":0.1,"repetition_penalty":1.05,"eos_token_id":[2,3],"max_new_tokens":9}
            """,
    };

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "1.5", "99999999999999999999", "2147483647", "\"\"", "\"../x\"", "\"%d%d\"", "[]", "[[]]", "{}", "\"\\ud800\"",
        "[1,\"a\",null]", """{"a":{"b":[]}}""",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("inferserve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("genai_config.json")]
    [InlineData("config.json")]
    [InlineData("generation_config.json")]
    public void Inspect_DamagedConfig_IsRefusedByItsNameOrDescribed(string damaged)
    {
        File.WriteAllBytes(Path.Combine(_folder, "model.onnx"), []);
        foreach (var (name, text) in Files.Where(file => file.Key == damaged || file.Key == "generation_config.json" || damaged == "generation_config.json"))
        {
            File.WriteAllText(Path.Combine(_folder, name), text);
        }

        Assert.Equal(["'model.onnx' is not an ONNX model: it holds no graph"], FolderInspector.Inspect(_folder).Problems);

        var random = new Random(1);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = round % 2 == 0 ? WithOtherBytes(random, Files[damaged]) : WithOtherValue(random, Files[damaged]);
            File.WriteAllBytes(Path.Combine(_folder, damaged), bytes);

            var inspection = FolderInspector.Inspect(_folder);

            Assert.NotEmpty(inspection.Problems);
            Assert.All(inspection.Problems, problem => Assert.True(
                problem.Contains(damaged, StringComparison.Ordinal) || problem.Contains("graph", StringComparison.Ordinal), problem));
        }
    }

    private static byte[] WithOtherBytes(Random random, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text)[..(random.Next(3) == 0 ? random.Next(text.Length) : text.Length)];
        for (int change = random.Next(1, 5); change > 0 && bytes.Length > 0; change--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    /// <summary>Replaces the value of one field, however deep, by one of another kind.</summary>
    private static byte[] WithOtherValue(Random random, string text)
    {
        var root = JsonNode.Parse(text)!.AsObject();
        var target = root;
        while (true)
        {
            var (name, value) = target.ElementAt(random.Next(target.Count));
            if (value is JsonObject { Count: > 0 } inner && random.Next(4) > 0)
            {
                target = inner;
                continue;
            }

            const string Mark = "\u0001";
            target[name] = Mark;
            return Encoding.UTF8.GetBytes(root.ToJsonString().Replace("\"\\u0001\"", Values[random.Next(Values.Length)], StringComparison.Ordinal));
        }
    }
}
